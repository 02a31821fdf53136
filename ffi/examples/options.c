/* SPDX-License-Identifier: MIT */
#include "options.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "message.h"

#define ADVICE "xg2g-remux --help lists the options"

/* Reads a whole number; a trailing k is worth a thousand where allowed. */
static int read_number(const char *text, int with_k, int32_t *number) {
  char *end;
  errno = 0;
  long value = strtol(text, &end, 10);
  if (end == text || errno != 0 || value < 0) return 0;
  if (with_k && (*end == 'k' || *end == 'K')) {
    if (value > INT32_MAX / 1000) return 0;
    value *= 1000;
    ++end;
  }
  if (*end != '\0' || value > INT32_MAX) return 0;
  *number = (int32_t)value;
  return 1;
}

static int set_rate(struct options *options, const char *value) {
  return read_number(value, 0, &options->remux.sample_rate);
}

static int set_channels(struct options *options, const char *value) {
  return read_number(value, 0, &options->remux.channels);
}

static int set_bit_rate(struct options *options, const char *value) {
  return read_number(value, 1, &options->remux.bit_rate);
}

static int set_program(struct options *options, const char *value) {
  int32_t *program = &options->remux.program;
  return read_number(value, 0, program) && *program > 0 && *program <= 0xFFFF;
}

static int set_drc(struct options *options, const char *value) {
  return read_number(value, 0, &options->remux.drc_percent);
}

static int set_languages(struct options *options, const char *value) {
  options->remux.languages = value;
  return *value != '\0';
}

static int set_dual_mono(struct options *options, const char *value) {
  static const char *const sides[] = {"left", "right", "both"};
  for (int32_t i = 0; i < 3; ++i) {
    if (strcmp(value, sides[i]) == 0) {
      options->remux.dual_mono = i;
      return 1;
    }
  }
  return 0;
}

static int set_first_only(struct options *options, const char *value) {
  (void)value;
  options->remux.first_only = 1;
  return 1;
}

static int set_json(struct options *options, const char *value) {
  (void)value;
  options->json = 1;
  return 1;
}

static int set_probe(struct options *options, const char *value) {
  (void)value;
  options->probe = 1;
  return 1;
}

static int set_quiet(struct options *options, const char *value) {
  (void)value;
  options->quiet = 1;
  return 1;
}

struct option {
  const char *name;
  const char *takes; /* NULL for a switch. */
  int (*set)(struct options *options, const char *value);
};

static const struct option table[] = {
    {"--rate", "a sample rate in Hz", set_rate},
    {"--channels", "a number of channels", set_channels},
    {"--bit-rate", "bits a second, as 192000 or 192k", set_bit_rate},
    {"--languages", "codes as deu,eng", set_languages},
    {"--first-only", NULL, set_first_only},
    {"--program", "a program_number, 1 to 65535", set_program},
    {"--dual-mono", "left, right or both", set_dual_mono},
    {"--drc", "a percentage, 0 to 100", set_drc},
    {"--json", NULL, set_json},
    {"--probe", NULL, set_probe},
    {"--quiet", NULL, set_quiet},
};

/* Finds "--name" or "--name=value". */
static const struct option *find_option(const char *argument) {
  const size_t length = strcspn(argument, "=");
  for (size_t i = 0; i < sizeof table / sizeof *table; ++i) {
    if (strlen(table[i].name) == length &&
        strncmp(table[i].name, argument, length) == 0) {
      return &table[i];
    }
  }
  return NULL;
}

/* Takes the option at argv[*at], and its value where that stands apart. */
static int take_option(struct options *options, char **argv, int *at) {
  const char *argument = argv[*at];
  const struct option *option = find_option(argument);
  if (option == NULL) {
    message("%s is no option; " ADVICE, argument);
    return 0;
  }
  const char *value = strchr(argument, '=');
  if (value != NULL) ++value;
  if (option->takes == NULL && value != NULL) {
    message("%s takes no value; " ADVICE, option->name);
    return 0;
  }
  if (option->takes != NULL && value == NULL) value = argv[++*at];
  if (option->takes != NULL && value == NULL) {
    message("%s takes %s; " ADVICE, option->name, option->takes);
    return 0;
  }
  if (!option->set(options, value)) {
    message("%s takes %s, not \"%s\"", option->name, option->takes, value);
    return 0;
  }
  return 1;
}

static int take_path(struct options *options, const char *path) {
  if (options->in == NULL) {
    options->in = path;
  } else if (options->out == NULL) {
    options->out = path;
  } else {
    message("%s is one path too many; " ADVICE, path);
    return 0;
  }
  return 1;
}

static int take_arguments(struct options *options, char **argv) {
  int only_paths = 0;
  for (int i = 1; argv[i] != NULL; ++i) {
    const int is_path =
        only_paths || argv[i][0] != '-' || strcmp(argv[i], "-") == 0;
    if (is_path) {
      if (!take_path(options, argv[i])) return 0;
    } else if (strcmp(argv[i], "--") == 0) {
      only_paths = 1;
    } else if (!take_option(options, argv, &i)) {
      return 0;
    }
  }
  return 1;
}

static int has_its_paths(const struct options *options) {
  if (options->in == NULL) {
    message("which stream? Give IN and OUT, or - for a pipe; " ADVICE);
    return 0;
  }
  if (options->probe && options->out != NULL) {
    message("--probe writes nothing: leave %s away", options->out);
    return 0;
  }
  if (!options->probe && options->out == NULL) {
    message("where to? Give OUT after %s, or - for a pipe; " ADVICE,
            options->in);
    return 0;
  }
  return 1;
}

enum command options_read(struct options *options, int argc, char **argv) {
  *options = (struct options){.in = NULL};
  xg2g_remux_options_init(&options->remux);
  for (int i = 1; i < argc; ++i) {
    if (strcmp(argv[i], "--") == 0) break;
    if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
      return COMMAND_HELP;
    }
    if (strcmp(argv[i], "--version") == 0) return COMMAND_VERSION;
  }
  if (!take_arguments(options, argv)) return COMMAND_WRONG;
  return has_its_paths(options) ? COMMAND_RUN : COMMAND_WRONG;
}
