#include "config.h"

#include "sc-rendition-choice.h"
struct _ScRenditionChoice {
  int fixed;
};
ScRenditionChoice *
sc_rendition_choice_new (void)
{
  return g_new0 (ScRenditionChoice, 1);
}
void
sc_rendition_choice_free (ScRenditionChoice *self)
{
  g_free (self);
}
void
sc_rendition_choice_set_ladder (ScRenditionChoice *self, const guint *b, const int *h, guint n)
{
}
void
sc_rendition_choice_set_fixed (ScRenditionChoice *self, int index)
{
  self->fixed = index;
}
void
sc_rendition_choice_see_burst (ScRenditionChoice *self, gsize bytes, gint64 duration)
{
}
void
sc_rendition_choice_see_probe (ScRenditionChoice *self, gsize bytes, gint64 f, gint64 l, gint64 now)
{
}
guint
sc_rendition_choice_get_first (const ScRenditionChoice *self)
{
  return MAX (self->fixed, 0);
}
guint
sc_rendition_choice_next (ScRenditionChoice *self, guint current, const ScRenditionFacts *facts)
{
  return self->fixed >= 0 ? (guint) self->fixed : current;
}
guint
sc_rendition_choice_get_bandwidth (const ScRenditionChoice *self)
{
  return 0;
}
