// SPDX-License-Identifier: MIT
#include "support/descriptors.h"

namespace xg2g::test {
namespace {

void put(Bytes& out, std::string_view text) {
  out.insert(out.end(), text.begin(), text.end());
}

void put_counted(Bytes& out, std::string_view text) {
  test::put(out, text.size());
  put(out, text);
}

}  // namespace

Descriptors::Descriptors(const char* code)
    : Descriptors(test::language(code)) {}

Descriptors::Descriptors(std::uint8_t tag, View payload) {
  test::put(bytes_, tag);
  test::put(bytes_, payload.size());
  test::put(bytes_, payload);
}

Descriptors language(std::string_view code, std::uint8_t audio_type) {
  Bytes payload;
  put(payload, code);
  test::put(payload, audio_type);
  return {0x0A, payload};
}

Descriptors registration(std::string_view format_identifier) {
  Bytes payload;
  put(payload, format_identifier);
  return {0x05, payload};
}

Descriptors ac3_descriptor() { return {0x6A, Bytes{0x00}}; }

Descriptors eac3_descriptor() { return {0x7A, Bytes{0x00}}; }

Descriptors atsc_ac3_descriptor() { return {0x81, Bytes{0x08, 0x3C, 0x05}}; }

Descriptors stream_identifier(std::uint8_t component_tag) {
  return {0x52, Bytes{component_tag}};
}

Descriptors teletext(std::string_view language_code) {
  Bytes payload;
  put(payload, language_code);
  test::put(payload, 0x01u << 3 | 1u);  // initial teletext page, magazine 1
  test::put(payload, 0x00);
  return {0x56, payload};
}

Descriptors subtitling(std::string_view language_code) {
  Bytes payload;
  put(payload, language_code);
  test::put(payload, 0x10);  // EN 300 468, table 26: no aspect ratio
  test::put(payload, 1, 2);
  test::put(payload, 1, 2);
  return {0x59, payload};
}

Descriptors service(std::string_view provider, std::string_view name) {
  Bytes payload;
  test::put(payload, 0x01);
  put_counted(payload, provider);
  put_counted(payload, name);
  return {0x48, payload};
}

Descriptors short_event(std::string_view language_code, std::string_view name,
                        std::string_view text) {
  Bytes payload;
  put(payload, language_code);
  put_counted(payload, name);
  put_counted(payload, text);
  return {0x4D, payload};
}

}  // namespace xg2g::test
