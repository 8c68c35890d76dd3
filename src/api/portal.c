/* portal.c - stage 10: the portal of a store. */
#include "api.h"

#include "../serve/serve.h"

syn_code synoptic_serve(const syn_engine *engine, const char *path, const char *address, uint16_t port,
                        const volatile int *stop, syn_sink *ready, void *context, syn_err *err)
{
    return syn_serve_run(&(syn_serve_options){.lex = engine->lex,
                                              .store = path,
                                              .address = address,
                                              .port = port,
                                              .stop = stop,
                                              .ready = ready,
                                              .context = context},
                         err);
}
