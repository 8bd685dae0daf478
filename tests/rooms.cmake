# The doctest binaries. A room may test only through what it may include itself.

find_package(doctest REQUIRED)
find_package(rapidcheck REQUIRED)

add_library(rehome_test_main STATIC support/main.cpp)
target_link_libraries(rehome_test_main PUBLIC doctest::doctest rapidcheck rehome_own_code)
target_include_directories(rehome_test_main PUBLIC "${PROJECT_SOURCE_DIR}/tests")
target_compile_definitions(rehome_test_main PUBLIC
  REHOME_SOURCE_DIR="${PROJECT_SOURCE_DIR}" REHOME_BINARY_DIR="${PROJECT_BINARY_DIR}")

add_library(rehome_test_cluster STATIC support/cluster.cpp support/cluster.h)
target_link_libraries(rehome_test_cluster PUBLIC rehome_test_main PkgConfig::libpq)

set(ENV_OF_TESTS "LC_ALL=C.UTF-8;TZ=UTC;ASAN_OPTIONS=detect_leaks=0;UBSAN_OPTIONS=print_stacktrace=1")

# `shared` are the other .cpp files of a test folder: they go into both of its binaries.
function(room_test_binary name label room tests shared)
  if(NOT tests)
    return()
  endif()
  add_executable(${name} ${tests} ${shared})
  target_link_libraries(${name} PRIVATE rehome_test_main)
  if(TARGET rehome_${room})
    target_link_libraries(${name} PRIVATE rehome_${room})
  endif()
  if(room STREQUAL "cli" AND TARGET rehome)
    add_dependencies(${name} rehome)
  endif()
  if(label STREQUAL "server")
    target_link_libraries(${name} PRIVATE rehome_test_cluster)
  endif()
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES
    LABELS ${label} ENVIRONMENT "${ENV_OF_TESTS}" TIMEOUT 600)
endfunction()

file(GLOB rooms RELATIVE "${CMAKE_CURRENT_SOURCE_DIR}" CONFIGURE_DEPENDS LIST_DIRECTORIES true *)
list(REMOVE_ITEM rooms support house scenarios regressions crash oracle)
foreach(room IN LISTS rooms)
  file(GLOB_RECURSE shared CONFIGURE_DEPENDS "${room}/*.cpp")
  list(FILTER shared EXCLUDE REGEX "_(pg)?test\\.cpp$")
  file(GLOB_RECURSE pure CONFIGURE_DEPENDS "${room}/*_test.cpp")
  file(GLOB_RECURSE server CONFIGURE_DEPENDS "${room}/*_pgtest.cpp")
  room_test_binary(${room}_test pure ${room} "${pure}" "${shared}")
  room_test_binary(${room}_pgtest server ${room} "${server}" "${shared}")
  include("${room}/needs.cmake" OPTIONAL)  # what its tests need beyond the room
endforeach()
file(GLOB cluster_tests CONFIGURE_DEPENDS "support/*_pgtest.cpp")
room_test_binary(support_pgtest server support "${cluster_tests}" "")
