/* SPDX-License-Identifier: MIT */
#ifndef XG2G_TESTS_ABI_FAILING_NEW_H
#define XG2G_TESTS_ABI_FAILING_NEW_H

#ifdef __cplusplus
extern "C" {
#endif

/** What happens instead of an allocation. */
enum failure {
  FAILURE_NO_MEMORY, /**< std::bad_alloc */
  FAILURE_DEFECT,    /**< another std::exception */
  FAILURE_UNKNOWN    /**< something that is no std::exception */
};

/** Of this thread's calls of operator new from now on, the one after `count`
 *  that succeed fails, once. */
void failing_new_start(long count, enum failure failure);
/** Lets all succeed again; 1 if one has failed, otherwise 0. */
int failing_new_stop(void);

#ifdef __cplusplus
}
#endif

#endif /* XG2G_TESTS_ABI_FAILING_NEW_H */
