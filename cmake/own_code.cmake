# rehome_own_code: what every file we wrote is compiled with. Linked by our own targets only, so that
# other people's headers and generated code never trip over our warnings.
add_library(rehome_own_code INTERFACE)

# Warnings are for those who develop, and errors for them. GCC at -O3 invents some of its own.
if(REHOME_WERROR)
  target_compile_options(rehome_own_code INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wold-style-cast -Wnon-virtual-dtor -Werror)
endif()

# Sanitizers insert branches that GCC then reports as null dereferences of its own making.
if(REHOME_WERROR AND NOT CMAKE_CXX_FLAGS MATCHES "-fsanitize")
  target_compile_options(rehome_own_code INTERFACE -Wnull-dereference)
endif()

target_compile_definitions(rehome_own_code INTERFACE
  REHOME_FAILPOINTS=$<BOOL:${REHOME_FAILPOINTS}>)

target_include_directories(rehome_own_code INTERFACE
  "${PROJECT_SOURCE_DIR}/src" "${PROJECT_BINARY_DIR}/generated")

# clang-tidy reads generated files too, but nobody wrote them: one check that finds nothing.
file(CONFIGURE OUTPUT "${PROJECT_BINARY_DIR}/generated/.clang-tidy" CONTENT
     "Checks: '-*,llvm-twine-local'\n")
