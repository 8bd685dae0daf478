"""Where the program is known to differ from its documentation. Cases steer clear of it, so that what they find is new.
An entry goes when the program is mended; its name says what cases then do again."""

DEVIATIONS = {
    "refs_to_leaving_rows",  # of the entity itself, or in a cycle: resolved although the parent leaves in this run
}
