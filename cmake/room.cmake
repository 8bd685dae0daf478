# room(<name> NEEDS <rooms…> LIBRARIES <targets…>)
#
# Makes the library rehome_<name> from src/<name>/**.cpp and embeds src/<name>/sql/*.sql and
# src/<name>/assets/*. NEEDS are the only rooms its files may include; tests/house/floors_test
# compares the two (it reads floors.txt of the build folder). A room whose folder is empty is skipped, and so are edges to it.
function(room name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "NEEDS;LIBRARIES")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "room(${name}): what is ${arg_UNPARSED_ARGUMENTS}?")
  endif()

  list(JOIN arg_NEEDS " " needs)
  set_property(GLOBAL APPEND_STRING PROPERTY REHOME_FLOORS "${name}: ${needs}\n")

  set(folder "${PROJECT_SOURCE_DIR}/src/${name}")
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${folder}/*.cpp")
  file(GLOB_RECURSE headers CONFIGURE_DEPENDS "${folder}/*.h")
  list(REMOVE_ITEM sources "${folder}/main.cpp")
  if(NOT sources AND NOT headers)
    return()
  endif()

  set(target "rehome_${name}")
  if(sources)
    add_library(${target} STATIC ${sources} ${headers})
    set(reach PUBLIC)
  else()
    add_library(${target} INTERFACE)
    set(reach INTERFACE)
  endif()

  foreach(need IN LISTS arg_NEEDS)
    if(TARGET rehome_${need})
      target_link_libraries(${target} ${reach} rehome_${need})
    endif()
  endforeach()
  target_link_libraries(${target} ${reach} rehome_own_code ${arg_LIBRARIES})

  foreach(kind IN ITEMS sql assets)
    file(GLOB files CONFIGURE_DEPENDS "${folder}/${kind}/*")
    if(kind STREQUAL "sql")
      list(FILTER files INCLUDE REGEX "\\.sql$")
    endif()
    if(files)
      embed(${target} ${name} ${kind} ${files})
    endif()
  endforeach()
endfunction()
