/* table.c - stage 5: a hash table from 64-bit keys to 32-bit values that forgets: linear probing, removal by shifting
   back (Knuth, vol. 3, 6.4, algorithm R), so that a window may pass through it for ever. */
#include "internal.h"

#include <stdlib.h>

bool syn_story_grow(void *items, size_t *cap, size_t need, size_t size)
{
    if (need <= *cap) return true;
    size_t more = *cap ? *cap * 2 : 16;
    if (more < need) more = need;
    if (more > SIZE_MAX / 2 / size) return false;
    void *fresh = realloc(*(void **)items, more * size);
    if (!fresh) return false;
    *(void **)items = fresh;
    *cap = more;
    return true;
}

static size_t home(const table *t, uint64_t key)
{
    return (size_t)((key * 0x9E3779B97F4A7C15u) >> 20) & (t->cap - 1);
}

uint32_t *syn_table_get(const table *t, uint64_t key)
{
    if (!t->cap) return NULL;
    for (size_t i = home(t, key);; i = (i + 1) & (t->cap - 1)) {
        if (t->slots[i].key == key) return &t->slots[i].value;
        if (!t->slots[i].key) return NULL;
    }
}

void syn_table_prefetch(const table *t, uint64_t key)
{
    if (t->cap) __builtin_prefetch(&t->slots[home(t, key)]);
}

static bool widen(table *t)
{
    table fresh = {.n = t->n, .cap = t->cap ? t->cap * 2 : 1024};
    fresh.slots = calloc(fresh.cap, sizeof *fresh.slots);
    if (!fresh.slots) return false;
    for (size_t i = 0; i < t->cap; i++) {
        if (!t->slots[i].key) continue;
        size_t k = home(&fresh, t->slots[i].key);
        while (fresh.slots[k].key) k = (k + 1) & (fresh.cap - 1);
        fresh.slots[k] = t->slots[i];
    }
    free(t->slots);
    *t = fresh;
    return true;
}

uint32_t *syn_table_add(table *t, uint64_t key)
{
    uint32_t *known = syn_table_get(t, key);
    if (known) return known;
    if ((t->n + 1) * 3 > t->cap * 2 && !widen(t)) return NULL;
    size_t i = home(t, key);
    while (t->slots[i].key) i = (i + 1) & (t->cap - 1);
    t->slots[i] = (table_slot){key, 0};
    t->n++;
    return &t->slots[i].value;
}

void syn_table_remove(table *t, uint64_t key)
{
    uint32_t *at = syn_table_get(t, key);
    if (!at) return;
    size_t hole = (size_t)((table_slot *)(void *)((char *)at - offsetof(table_slot, value)) - t->slots);
    for (size_t i = (hole + 1) & (t->cap - 1); t->slots[i].key; i = (i + 1) & (t->cap - 1)) {
        /* what would be found only through the hole moves into it */
        if (((i - home(t, t->slots[i].key)) & (t->cap - 1)) < ((i - hole) & (t->cap - 1))) continue;
        t->slots[hole] = t->slots[i];
        hole = i;
    }
    t->slots[hole].key = 0;
    t->n--;
}

void syn_table_fade(table *t, uint32_t (*fn)(uint32_t))
{
    table old = *t;
    *t = (table){.slots = calloc(old.cap ? old.cap : 1, sizeof *t->slots), .cap = old.cap};
    if (!t->slots) { /* it fades next time */
        *t = old;
        return;
    }
    for (size_t i = 0; i < old.cap; i++) {
        uint32_t v = old.slots[i].key ? fn(old.slots[i].value) : 0;
        if (!v) continue;
        size_t k = home(t, old.slots[i].key);
        while (t->slots[k].key) k = (k + 1) & (t->cap - 1);
        t->slots[k] = (table_slot){old.slots[i].key, v};
        t->n++;
    }
    free(old.slots);
}

void syn_table_free(table *t)
{
    free(t->slots);
    *t = (table){0};
}
