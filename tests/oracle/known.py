"""Where the program is known to differ from its documentation. Cases steer clear of it, so that what they find is new.
An entry goes when the program is mended; its name says what cases then do again."""

DEVIATIONS = set()
