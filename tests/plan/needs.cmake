# The plan's questions are put to a server by the room run, on a higher floor: these files of it.
if(TARGET plan_pgtest)
  target_sources(plan_pgtest PRIVATE "${PROJECT_SOURCE_DIR}/src/run/compile.cpp"
    "${PROJECT_SOURCE_DIR}/src/run/schema_usage.cpp")
  target_link_libraries(plan_pgtest PRIVATE rehome_pg)
endif()
