# Tests that are folders of text, run by tests/support/scenario against the real program.

function(folder_tests parent label)
  file(GLOB folders CONFIGURE_DEPENDS LIST_DIRECTORIES true "${parent}/*")
  foreach(folder IN LISTS folders)
    if(NOT EXISTS "${folder}/commands")
      continue()
    endif()
    cmake_path(GET folder FILENAME name)
    add_test(NAME ${label}/${name}
      COMMAND "${CMAKE_CURRENT_SOURCE_DIR}/support/scenario" "${folder}"
              "$<TARGET_FILE:rehome>" "${PROJECT_BINARY_DIR}")
    set_tests_properties(${label}/${name} PROPERTIES
      LABELS ${label} ENVIRONMENT "${ENV_OF_TESTS}" TIMEOUT 300)
  endforeach()
  # A folder becomes a test when its `commands` appears.
  file(GLOB appeared CONFIGURE_DEPENDS "${parent}/*/commands")
endfunction()

if(TARGET rehome)
  folder_tests(scenarios scenario)
  folder_tests(regressions scenario)
  folder_tests(crash crash)
endif()
