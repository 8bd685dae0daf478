# Its tests move rows by a plan, which the room run makes, on a higher floor: these files of it.
if(TARGET move_pgtest)
  target_sources(move_pgtest PRIVATE run/lab.cpp "${PROJECT_SOURCE_DIR}/src/run/compile.cpp"
    "${PROJECT_SOURCE_DIR}/src/run/schema_usage.cpp")
endif()
