"""Ids of rows, computed from docs/ledger.md: chapter Ids."""
import hashlib
import hmac
import uuid
from datetime import datetime, timezone

INTEGERS = ("smallint", "integer", "bigint")


def key_text(entity, kinds, key):
    text = f"{len(entity)}:{entity}"
    for kind, value in zip(kinds, key):
        letter = "i" if kind in INTEGERS else "u" if kind == "uuid" else "t"
        text += f"{letter}{len(value.encode())}:{value}"
    return text.encode()


def with_version(digits, version):
    digits = bytearray(digits)
    digits[6] = digits[6] & 0x0F | version << 4
    digits[8] = digits[8] & 0x3F | 0x80
    return str(uuid.UUID(bytes=bytes(digits)))


def make_id(version, namespace, entity, kinds, key, time=None):
    """`version`: of the construct, or None for what an id is when the mapping leaves it out."""
    text = key_text(entity, kinds, key)
    secret = uuid.UUID(namespace).bytes
    if version == "v5":
        return with_version(hashlib.sha1(secret + text).digest()[:16], 5)
    keyed = hmac.new(secret, text, hashlib.sha256).digest()[:16]
    if version == "v7":
        return with_version(milliseconds(time).to_bytes(6, "big") + keyed[6:], 7)
    if len(kinds) == 1 and kinds[0] in INTEGERS:
        return with_version((int(key[0]) & (2**48 - 1)).to_bytes(6, "big") + keyed[6:], 8)
    return with_version(keyed, 5)


def milliseconds(stamp):
    """Of a timestamptz of this century as the server prints it in UTC."""
    time = datetime.fromisoformat(stamp.replace("+00", "+00:00")).astimezone(timezone.utc)
    since = time - datetime(1970, 1, 1, tzinfo=timezone.utc)
    return (since.days * 86400 + since.seconds) * 1000 + since.microseconds // 1000
