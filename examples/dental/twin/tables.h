#pragma once
// One function for each table of the twin: streams all its rows in the order of their ids.

#include "copy.h"
#include "world.h"

namespace dental {

void write_auth_group(const World& world, Destination& destination);
void write_content_type(const World& world, Destination& destination);
void write_course(const World& world, Destination& destination);
void write_user(const World& world, Destination& destination);
void write_user_groups(const World& world, Destination& destination);
void write_doctor_setting(const World& world, Destination& destination);
void write_office(const World& world, Destination& destination);
void write_office_doctors(const World& world, Destination& destination);
void write_patient(const World& world, Destination& destination);
void write_instruction(const World& world, Destination& destination);
void write_record(const World& world, Destination& destination);
void write_file(const World& world, Destination& destination);

// Text that should be JSON and is not, as Django code of all ages leaves behind.
std::string_view broken_json(std::uint64_t number);

}  // namespace dental
