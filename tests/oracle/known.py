"""Where the program is known to differ from its documentation. Cases steer clear of it, so that what they find is new.
An entry goes when the program is mended; its name says what cases then do again."""

DEVIATIONS = {
    "keys_of_other_types",  # a target key that is neither integer nor uuid nor text
    "refs_to_leaving_rows",  # of the entity itself, or in a cycle: resolved although the parent leaves in this run
}
