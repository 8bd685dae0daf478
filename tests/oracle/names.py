"""Names that are nasty, each only once."""
NAMES = ("item", "Order", "select", "Größe", "a b", 'quo"te', "user", "x" * 60, "person", "line", "note", "Tag Name",
         "file", "part", "it's", "percent%s", "group", "back\\slash", "step", "ünder_score", "dispatch_order", "team")
ENTITY_NAMES = ("people", "orders", "files", "messages", "lines", "offices", "e" * 50, "parts")


class Names:
    """Each only once."""

    def __init__(self, random, used=()):
        self.random, self.used = random, set(used)

    def take(self, pool=NAMES, most=63):
        word = self.random.choice(pool)
        while word in self.used or len(word.encode()) > most:
            word = self.random.choice(pool)[:most - 8] + str(self.random.randint(0, 999))
        self.used.add(word)
        return word
