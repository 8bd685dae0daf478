"""PostgreSQL's own client library by ctypes: all values are texts, NULL is None. One thread per connection."""
import ctypes
import ctypes.util

# What a value looks like as text must not depend on the settings that a case gives its databases.
SETTINGS = (
    "-c datestyle=ISO,YMD -c timezone=UTC -c intervalstyle=postgres -c extra_float_digits=1"
    " -c bytea_output=hex -c client_min_messages=warning -c search_path=public"
    " -c lock_timeout=20s -c array_nulls=on -c standard_conforming_strings=on"
    " -c default_transaction_isolation=read\\\\ committed"
)


def load_library():
    library = ctypes.CDLL(ctypes.util.find_library("pq") or "libpq.so.5")
    text, pointer, integer = ctypes.c_char_p, ctypes.c_void_p, ctypes.c_int
    signatures = {
        "PQconnectdb": (pointer, [text]),
        "PQstatus": (integer, [pointer]),
        "PQerrorMessage": (text, [pointer]),
        "PQexec": (pointer, [pointer, text]),
        "PQresultStatus": (integer, [pointer]),
        "PQresultErrorField": (text, [pointer, integer]),
        "PQntuples": (integer, [pointer]),
        "PQnfields": (integer, [pointer]),
        "PQgetisnull": (integer, [pointer, integer, integer]),
        "PQgetvalue": (pointer, [pointer, integer, integer]),
        "PQgetlength": (integer, [pointer, integer, integer]),
        "PQclear": (None, [pointer]),
        "PQfinish": (None, [pointer]),
    }
    for name, (result, arguments) in signatures.items():
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return library


LIBRARY = load_library()
COMMAND_OK, TUPLES_OK, EMPTY_QUERY = 1, 2, 0
SQLSTATE, MESSAGE = ord("C"), ord("M")


class ServerError(Exception):
    def __init__(self, sqlstate, message, statement=""):
        super().__init__(f"{sqlstate}: {message}\n  {statement[:2000]}")
        self.sqlstate = sqlstate


class Connection:
    def __init__(self, sockets, database):
        url = f"host={sockets} user=postgres dbname={database} client_encoding=UTF8 options='{SETTINGS}'"
        self.handle = LIBRARY.PQconnectdb(url.encode())
        if LIBRARY.PQstatus(self.handle) != 0:
            raise ServerError("08001", LIBRARY.PQerrorMessage(self.handle).decode())

    def query(self, sql):
        """The rows of the last statement of `sql`."""
        result = LIBRARY.PQexec(self.handle, sql.encode())
        try:
            if LIBRARY.PQresultStatus(result) not in (COMMAND_OK, TUPLES_OK, EMPTY_QUERY):
                field = LIBRARY.PQresultErrorField
                state = field(result, SQLSTATE) or b"?"
                raise ServerError(state.decode(), (field(result, MESSAGE) or b"?").decode(), sql)
            columns = range(LIBRARY.PQnfields(result))
            return [tuple(read_value(result, row, column) for column in columns)
                    for row in range(LIBRARY.PQntuples(result))]
        finally:
            LIBRARY.PQclear(result)

    def value(self, sql):
        return self.query(sql)[0][0]

    def close(self):
        LIBRARY.PQfinish(self.handle)


def read_value(result, row, column):
    if LIBRARY.PQgetisnull(result, row, column):
        return None
    length = LIBRARY.PQgetlength(result, row, column)
    return ctypes.string_at(LIBRARY.PQgetvalue(result, row, column), length).decode()


def name(identifier):
    return '"' + identifier.replace('"', '""') + '"'


def literal(value):
    if value is None:
        return "NULL"
    prefix = "E" if "\\" in value else ""
    return prefix + "'" + value.replace("\\", "\\\\").replace("'", "''") + "'"
