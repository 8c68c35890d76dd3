/* tree.c - stage 1: reading a finished tree: attributes and walking in order. */
#include "html.h"

syn_str syn_html_attr(const syn_node *n, const char *name, bool *present)
{
    size_t len = strlen(name);
    for (uint32_t i = 0; n && i < n->nattrs; i++) {
        const syn_attr *a = &n->attrs[i];
        if (a->name.n == len && memcmp(a->name.p, name, len) == 0) {
            if (present) *present = true;
            return a->value;
        }
    }
    if (present) *present = false;
    return (syn_str){"", 0};
}

const syn_node *syn_html_next(const syn_node *n, const syn_node *top, bool skip)
{
    if (!n) return NULL;
    if (n->first && !skip) return n->first;
    while (n && n != top) {
        if (n->next) return n->next;
        n = n->parent;
    }
    return NULL;
}
