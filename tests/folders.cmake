# Tests that are folders of text, run by tests/support/scenario against the real program.

function(folder_tests parent label)
  file(GLOB commands CONFIGURE_DEPENDS "${parent}/*/commands")
  foreach(file IN LISTS commands)
    cmake_path(GET file PARENT_PATH folder)
    cmake_path(GET folder FILENAME name)
    set(test ${label}/${name})
    add_test(NAME ${test}
      COMMAND "${CMAKE_CURRENT_SOURCE_DIR}/support/scenario" "${folder}"
              "$<TARGET_FILE:rehome>" "${PROJECT_BINARY_DIR}")
    set_tests_properties(${test} PROPERTIES
      LABELS ${label} ENVIRONMENT "${ENV_OF_TESTS}" TIMEOUT 300)
  endforeach()
endfunction()

if(TARGET rehome)
  folder_tests("${CMAKE_CURRENT_SOURCE_DIR}/scenarios" scenario)
  folder_tests("${CMAKE_CURRENT_SOURCE_DIR}/regressions" scenario)
  folder_tests("${PROJECT_SOURCE_DIR}/examples" scenario)
  folder_tests("${CMAKE_CURRENT_SOURCE_DIR}/crash" crash)
endif()
if(EXISTS "${CMAKE_CURRENT_SOURCE_DIR}/crash/CMakeLists.txt")
  add_subdirectory(crash)
endif()
