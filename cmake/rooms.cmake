# The floors of the house: a room may include only the rooms named here. ARCHITECTURE.md tells what
# lives where; tests/house/floors_test fails on an include that is not declared.

set(k_floors_0_to_2 base sql catalog mapping plan pg work events)
set(k_stages detect move verify rollback follow)
set(k_witnesses display report dashboard)

# Floor 0: words and tools without knowledge of databases
room(base LIBRARIES fmt::fmt tl::expected PkgConfig::libxxhash OpenSSL::Crypto)
room(sql NEEDS base LIBRARIES pg_query)

# Floor 1: what is to be done, as values
room(catalog NEEDS base sql LIBRARIES nlohmann_json::nlohmann_json)
room(mapping NEEDS base sql LIBRARIES PkgConfig::libfyaml nlohmann_json::nlohmann_json)
room(plan NEEDS base sql catalog mapping LIBRARIES nlohmann_json::nlohmann_json)

# Floor 2: the world outside
room(pg NEEDS base sql catalog LIBRARIES PkgConfig::libpq)
room(work NEEDS base LIBRARIES Threads::Threads)
room(events NEEDS base)

# Floor 3: the ledger, and the stages of a run, which never include one another
room(ledger NEEDS base sql catalog mapping plan pg work events
     LIBRARIES nlohmann_json::nlohmann_json)
foreach(stage IN LISTS k_stages)
  room(${stage} NEEDS ${k_floors_0_to_2} ledger)
endforeach()

# Floor 4: the one lifecycle, and advice before it
room(run NEEDS ${k_floors_0_to_2} ledger ${k_stages})
room(advise NEEDS ${k_floors_0_to_2})

# Floor 5: what people see
foreach(witness IN LISTS k_witnesses)
  room(${witness} NEEDS base events pg ledger LIBRARIES nlohmann_json::nlohmann_json)
endforeach()
if(TARGET rehome_dashboard)
  target_link_libraries(rehome_dashboard PUBLIC PkgConfig::libmicrohttpd)
endif()
room(cli NEEDS ${k_floors_0_to_2} ledger ${k_stages} run advise ${k_witnesses}
     LIBRARIES CLI11::CLI11 nlohmann_json::nlohmann_json)

get_property(floors GLOBAL PROPERTY REHOME_FLOORS)
file(WRITE "${PROJECT_BINARY_DIR}/floors.txt" "${floors}")
