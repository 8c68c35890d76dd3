/* consumer.c - a program of somebody else: what it needs is the installed header and library. */
#include <stdio.h>
#include <string.h>
#include <synoptic.h>

int main(void)
{
    static const char text[] = "Regeringen sade på fredagen att vägen över passet öppnas igen i mars.";
    syn_engine *engine = NULL;
    syn_session *session = NULL;
    syn_err err = {0};
    char tag[16];
    double confidence;

    if (synoptic_open(&engine, &err) || synoptic_session_new(engine, &session, &err)) {
        fprintf(stderr, "%s\n", err.line);
        synoptic_close(engine);
        return 1;
    }
    synoptic_lang(session, (syn_str){text, strlen(text)}, tag, &confidence);
    printf("%s %s\n", synoptic_version(), tag);
    synoptic_session_free(session);
    synoptic_close(engine);
    return strcmp(tag, "sv") != 0;
}
