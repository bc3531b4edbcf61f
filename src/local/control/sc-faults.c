/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Faults that a test orders: the n-th call of an operation fails in a way of its choice. Counts the
 * calls and their effects besides, so that the test can say what it cost. Main thread. */

#include "config.h"

#include "sc-faults.h"

#include "sc-control-error.h"
#include "sc-json.h"

/* A test needs a handful; a loop that orders without clearing is stopped here. */
#define ORDERS_MAX 1000
#define CALLS_MAX 1000000

typedef struct {
  const char *name;
  ScFaultKind kind;
  gboolean effect;
  gboolean can_choose; /* "effect" of the order counts */
} Kind;

static const Kind fault_kinds[] = {
  { "throttle", SC_FAULT_THROTTLE, FALSE, FALSE },
  { "fail_before", SC_FAULT_FAIL_BEFORE, FALSE, FALSE },
  { "quota", SC_FAULT_QUOTA, FALSE, FALSE },
  { "denied", SC_FAULT_DENIED, FALSE, FALSE },
  { "pending", SC_FAULT_PENDING, FALSE, FALSE },
  { "fail_after", SC_FAULT_FAIL_AFTER, TRUE, FALSE },
  { "hang", SC_FAULT_HANG, TRUE, TRUE },
  { "reset", SC_FAULT_RESET, TRUE, TRUE },
  { "half_body", SC_FAULT_HALF_BODY, TRUE, FALSE },
  { "late", SC_FAULT_LATE, TRUE, FALSE },
};

typedef struct {
  char *operation;
  ScFault fault;
  gint64 skip;  /* calls that still go their way */
  gint64 count; /* calls that still fail afterwards */
} Order;

typedef struct {
  guint calls;
  guint effects;
  guint faults;
  guint most_in_a_second;
  GArray *times; /* of the calls of the last second */
} Counter;

struct _ScFaults {
  GPtrArray *orders;    /* of Order, oldest first */
  GHashTable *counters; /* operation to Counter */
  guint most_hung;      /* calls at a time that had no answer */
};

static void
free_order (gpointer data)
{
  Order *order = data;
  g_free (order->operation);
  g_free (order);
}

static void
free_counter (gpointer data)
{
  Counter *counter = data;
  g_array_unref (counter->times);
  g_free (counter);
}

/**
 * sc_faults_new:
 *
 * Returns: (transfer full): a plane without orders
 */
ScFaults *
sc_faults_new (void)
{
  ScFaults *self = g_new0 (ScFaults, 1);
  self->orders = g_ptr_array_new_with_free_func (free_order);
  self->counters = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_counter);
  return self;
}

/**
 * sc_faults_free:
 * @self: (transfer full): a plane
 *
 * Frees it.
 */
void
sc_faults_free (ScFaults *self)
{
  g_ptr_array_unref (self->orders);
  g_hash_table_unref (self->counters);
  g_free (self);
}

static const Kind *
find_kind (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (fault_kinds); i++) {
    if (g_strcmp0 (fault_kinds[i].name, name) == 0)
      return &fault_kinds[i];
  }
  return NULL;
}

/* Reads a count of calls; without the member it is 1. */
static gboolean
read_count (JsonObject *order, const char *member, gint64 *ret_count, GError **error)
{
  *ret_count = 1;
  return !json_object_has_member (order, member) ||
         sc_json_get_int (order, member, 1, CALLS_MAX, ret_count, error);
}

/**
 * sc_faults_order:
 * @self: a plane
 * @order: {"operation":"CreateRoom","kind":"fail_after","nth":1,"count":1,"effect":true}: from the
 * nth call after this on, count calls fail; effect counts for "hang" and "reset"
 * @error: %SC_DATA_ERROR or %SC_CONTROL_ERROR_VALIDATION
 *
 * Orders a fault.
 *
 * Returns: %TRUE if it is understood
 */
gboolean
sc_faults_order (ScFaults *self, JsonObject *order, GError **error)
{
  const char *operation = sc_json_get_string (order, "operation", 64, error);
  gint64 nth = 1;
  gint64 count = 1;
  if (!operation || !read_count (order, "nth", &nth, error) ||
      !read_count (order, "count", &count, error))
    return FALSE;
  const Kind *kind = find_kind (sc_json_get_string_or (order, "kind", NULL));
  if (!kind || self->orders->len == ORDERS_MAX) {
    g_set_error_literal (error,
                         SC_CONTROL_ERROR,
                         SC_CONTROL_ERROR_VALIDATION,
                         kind ? "too many orders" : "kind is none of the faults");
    return FALSE;
  }

  gboolean effect =
    kind->can_choose ? sc_json_get_bool_or (order, "effect", kind->effect) : kind->effect;
  Order *taken = g_new (Order, 1);
  *taken = (Order) {
    .operation = g_strdup (operation),
    .fault = { .kind = kind->kind, .effect = effect },
    .skip = nth - 1,
    .count = count,
  };
  g_ptr_array_add (self->orders, taken);
  return TRUE;
}

static Counter *
get_counter (ScFaults *self, const char *operation)
{
  Counter *counter = g_hash_table_lookup (self->counters, operation);
  if (counter)
    return counter;
  counter = g_new0 (Counter, 1);
  counter->times = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_hash_table_insert (self->counters, g_strdup (operation), counter);
  return counter;
}

static void
count_call (Counter *counter, gint64 now_us)
{
  guint old = 0;
  while (old < counter->times->len &&
         now_us - g_array_index (counter->times, gint64, old) >= G_USEC_PER_SEC)
    old++;
  if (old > 0)
    g_array_remove_range (counter->times, 0, old);
  g_array_append_val (counter->times, now_us);
  counter->calls++;
  counter->most_in_a_second = MAX (counter->most_in_a_second, counter->times->len);
}

/**
 * sc_faults_take:
 * @self: a plane
 * @operation: the operation that is called
 * @now_us: the monotonic time
 *
 * Counts a call and says what happens to it. The oldest order that is due wins; every order counts
 * the call.
 *
 * Returns: the fault, %SC_FAULT_NONE for a call that goes its way
 */
ScFault
sc_faults_take (ScFaults *self, const char *operation, gint64 now_us)
{
  Counter *counter = get_counter (self, operation);
  count_call (counter, now_us);
  ScFault fault = { .kind = SC_FAULT_NONE, .effect = TRUE };
  for (guint i = 0; i < self->orders->len; i++) {
    Order *order = g_ptr_array_index (self->orders, i);
    if (!g_str_equal (order->operation, operation) || order->count == 0)
      continue;
    if (order->skip > 0) {
      order->skip--;
    } else if (fault.kind == SC_FAULT_NONE) {
      order->count--;
      fault = order->fault;
      counter->faults++;
    }
  }
  return fault;
}

/**
 * sc_faults_count_effect:
 * @self: a plane
 * @operation: the operation that has done its work
 *
 * Counts an effect.
 */
void
sc_faults_count_effect (ScFaults *self, const char *operation)
{
  get_counter (self, operation)->effects++;
}

/**
 * sc_faults_count_hung:
 * @self: a plane
 * @now: how many calls hang now
 *
 * Remembers the most.
 */
void
sc_faults_count_hung (ScFaults *self, guint now)
{
  self->most_hung = MAX (self->most_hung, now);
}

/**
 * sc_faults_clear:
 * @self: a plane
 *
 * Forgets the orders and the counts.
 */
void
sc_faults_clear (ScFaults *self)
{
  g_ptr_array_set_size (self->orders, 0);
  g_hash_table_remove_all (self->counters);
  self->most_hung = 0;
}

/**
 * sc_faults_report:
 * @self: a plane
 *
 * Returns: (transfer full): {"operations":{"CreateRoom":{"calls":3,"effects":2,"faults":1,
 * "most_in_a_second":2}},"most_hung":0}
 */
JsonObject *
sc_faults_report (ScFaults *self)
{
  JsonObject *operations = json_object_new ();
  GHashTableIter iter;
  const char *operation = NULL;
  const Counter *counter = NULL;
  g_hash_table_iter_init (&iter, self->counters);
  while (g_hash_table_iter_next (&iter, (gpointer *) &operation, (gpointer *) &counter)) {
    JsonObject *object = json_object_new ();
    json_object_set_int_member (object, "calls", counter->calls);
    json_object_set_int_member (object, "effects", counter->effects);
    json_object_set_int_member (object, "faults", counter->faults);
    json_object_set_int_member (object, "most_in_a_second", counter->most_in_a_second);
    json_object_set_object_member (operations, operation, object);
  }
  JsonObject *report = json_object_new ();
  json_object_set_object_member (report, "operations", operations);
  json_object_set_int_member (report, "most_hung", self->most_hung);
  return report;
}
