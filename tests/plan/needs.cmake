# The plan's questions are put to a server by the room run, on a higher floor: this file of it.
if(TARGET plan_pgtest)
  target_sources(plan_pgtest PRIVATE "${PROJECT_SOURCE_DIR}/src/run/compile.cpp")
  target_link_libraries(plan_pgtest PRIVATE rehome_pg)
endif()
