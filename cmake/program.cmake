# The program itself: src/cli/main.cpp and everything below it.
if(EXISTS "${PROJECT_SOURCE_DIR}/src/cli/main.cpp")
  add_executable(rehome src/cli/main.cpp)
  target_link_libraries(rehome PRIVATE rehome_cli)
  install(TARGETS rehome RUNTIME)
endif()
# So that the program appears in an existing build as soon as its main does.
file(GLOB main CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/src/cli/main.cpp")
