/* hints.c - stage 2: what the words of class, id and role attributes say.  Site builders' vocabulary is shared across
   the web; the tables, one a letter, hold words and what they hint at, in order of bytes, and nothing of any one site.
 */
#include "reading.h"

typedef struct hint_word {
    const char *word;
    uint32_t hints;
} hint_word;

#define NAV SYN_HINT_NAV
#define SHARE SYN_HINT_SHARE
#define RELATED SYN_HINT_RELATED
#define COMMENT SYN_HINT_COMMENT
#define AD SYN_HINT_AD
#define SIGNUP SYN_HINT_SIGNUP
#define META SYN_HINT_META
#define CAPTION SYN_HINT_CAPTION
#define SIDE SYN_HINT_SIDE
#define CONTENT SYN_HINT_CONTENT
#define LEAD SYN_HINT_LEAD
#define TITLE SYN_HINT_TITLE
#define AUTHOR (SYN_HINT_AUTHOR | SYN_HINT_META)
#define DATE (SYN_HINT_DATE | SYN_HINT_META)
#define HIDDEN SYN_HINT_HIDDEN
#define FOOT SYN_HINT_FOOT
#define TAGS SYN_HINT_TAGS
#define MEDIA SYN_HINT_MEDIA
#define NOTICE SYN_HINT_NOTICE
#define MODIFIED (SYN_HINT_MODIFIED | SYN_HINT_DATE | SYN_HINT_META)
#define CREDIT (SYN_HINT_CREDIT | SYN_HINT_CAPTION)

static const hint_word A_WORDS[] = {
    {"abonnement", SIGNUP},
    {"abstract", LEAD},
    {"actions", SHARE},
    {"ad", AD},
    {"addthis", SHARE},
    {"addtoany", SHARE},
    {"ads", AD},
    {"adsbygoogle", AD},
    {"adslot", AD},
    {"advert", AD},
    {"advertisement", AD},
    {"advertising", AD},
    {"adwrapper", AD},
    {"affiliate", AD},
    {"alert", NOTICE},
    {"also", RELATED},
    {"anons", LEAD},
    {"anuncio", AD},
    {"article", CONTENT},
    {"articlebody", CONTENT | SYN_HINT_BODY},
    {"articlecontent", CONTENT | SYN_HINT_BODY},
    {"articletext", CONTENT | SYN_HINT_BODY},
    {"artikel", CONTENT},
    {"aside", SIDE},
    {"author", AUTHOR},
    {"authorbox", AUTHOR},
    {"authors", AUTHOR},
    {"autor", AUTHOR},
};
static const hint_word B_WORDS[] = {
    {"banner", AD},   {"bio", AUTHOR},     {"biography", AUTHOR}, {"body", CONTENT},     {"boilerplate", NOTICE},
    {"bottom", FOOT}, {"breadcrumb", NAV}, {"breadcrumbs", NAV},  {"brightcove", MEDIA}, {"byline", AUTHOR},
};
static const hint_word C_WORDS[] = {
    {"cap", CAPTION},         {"caption", CAPTION},  {"captions", CAPTION},     {"carousel", RELATED},
    {"categories", TAGS},     {"category", META},    {"chapeau", LEAD},         {"chapo", LEAD},
    {"cmplz", NOTICE},        {"comment", COMMENT},  {"commentaires", COMMENT}, {"commentform", COMMENT},
    {"commentlist", COMMENT}, {"comments", COMMENT}, {"consent", NOTICE},       {"content", CONTENT},
    {"contentpane", CONTENT}, {"contents", CONTENT}, {"conteudo", CONTENT},     {"cookie", NOTICE},
    {"cookielaw", NOTICE},    {"cookies", NOTICE},   {"copy", CONTENT},         {"copyright", FOOT},
    {"correction", NOTICE},   {"credit", CREDIT},    {"credits", CREDIT},       {"crp", RELATED},
    {"crumb", NAV},           {"cuerpo", CONTENT},
};
static const hint_word D_WORDS[] = {
    {"date", DATE},     {"dateline", DATE},     {"datetime", DATE},     {"datum", DATE},         {"deck", LEAD},
    {"dek", LEAD},      {"desc", LEAD},         {"description", LEAD},  {"detail", CONTENT},     {"details", CONTENT},
    {"dfp", AD},        {"disclaimer", NOTICE}, {"disclosure", NOTICE}, {"discussion", COMMENT}, {"disqus", COMMENT},
    {"donate", SIGNUP}, {"donation", SIGNUP},   {"dropdown", NAV},
};
static const hint_word E_WORDS[] = {
    {"editorial", CONTENT},
    {"entry", CONTENT},
    {"entrycontent", CONTENT | SYN_HINT_BODY},
    {"excerpt", LEAD},
};
static const hint_word F_WORDS[] = {
    {"facebook", SHARE},     {"factbox", SIDE},  {"fecha", DATE},     {"feedback", COMMENT},
    {"figcaption", CAPTION}, {"flyout", NAV},    {"follow", SHARE},   {"followus", SHARE},
    {"footer", FOOT},        {"footnote", FOOT}, {"footnotes", FOOT},
};
static const hint_word G_WORDS[] = {
    {"gallery", MEDIA},
    {"gdpr", NOTICE},
    {"gdprcookie", NOTICE},
};
static const hint_word H_WORDS[] = {
    {"hashtag", TAGS},   {"hashtags", TAGS}, {"header", SIDE}, {"headline", TITLE},
    {"hentry", CONTENT}, {"hidden", HIDDEN}, {"hide", HIDDEN},
};
static const hint_word I_WORDS[] = {
    {"infobox", SIDE},    {"ingress", LEAD}, {"inhalt", CONTENT},
    {"instagram", SHARE}, {"intro", LEAD},   {"introduction", LEAD},
};
static const hint_word K_WORDS[] = {
    {"keyword", TAGS},     {"keywords", TAGS},     {"kicker", META},
    {"komentar", COMMENT}, {"kommentar", COMMENT}, {"kommentare", COMMENT},
};
static const hint_word L_WORDS[] = {
    {"label", META},       {"lastmodified", MODIFIED}, {"latest", RELATED}, {"lead", LEAD},       {"lede", LEAD},
    {"legal", FOOT},       {"legend", CAPTION},        {"lightbox", MEDIA}, {"linkbox", RELATED}, {"links", RELATED},
    {"livefyre", COMMENT}, {"login", SIGNUP},
};
static const hint_word M_WORDS[] = {
    {"main", CONTENT}, {"masthead", NAV},      {"materia", CONTENT}, {"media", MEDIA},      {"megamenu", NAV},
    {"menu", NAV},     {"menus", NAV},         {"meta", META},       {"metadata", META},    {"meter", SIGNUP},
    {"modal", SIGNUP}, {"modified", MODIFIED}, {"more", RELATED},    {"mostread", RELATED},
};
static const hint_word N_WORDS[] = {
    {"nav", NAV},           {"navbar", NAV},           {"navigation", NAV},
    {"newsletter", SIGNUP}, {"newsletterbox", SIGNUP}, {"newsletters", SIGNUP},
    {"next", NAV},          {"nota", CONTENT},         {"notice", NOTICE},
    {"noticia", CONTENT},
};
static const hint_word O_WORDS[] = {
    {"offcanvas", NAV}, {"onetrust", NOTICE},  {"onward", RELATED},
    {"optin", SIGNUP},  {"outbrain", RELATED}, {"overlay", SIGNUP},
};
static const hint_word P_WORDS[] = {
    {"pager", NAV},       {"pagination", NAV},  {"paragraph", CONTENT}, {"partager", SHARE},
    {"pave", AD},         {"paywall", SIGNUP},  {"photo", MEDIA},       {"piano", SIGNUP},
    {"pinterest", SHARE}, {"player", MEDIA},    {"playlist", RELATED},  {"poll", SIDE},
    {"popular", RELATED}, {"popup", SIGNUP},    {"post", CONTENT},      {"postcontent", CONTENT | SYN_HINT_BODY},
    {"prev", NAV},        {"preview", RELATED}, {"previous", NAV},      {"print", SHARE},
    {"privacy", NOTICE},  {"profile", AUTHOR},  {"promo", AD},          {"promoted", AD},
    {"promotion", AD},    {"prose", CONTENT},   {"pubdate", DATE},      {"publicidad", AD},
    {"publish", DATE},    {"published", DATE},  {"pullquote", SIDE},
};
static const hint_word Q_WORDS[] = {
    {"quiz", SIDE},
};
static const hint_word R_WORDS[] = {
    {"rail", SIDE},
    {"rating", SHARE},
    {"ratings", SHARE},
    {"reaction", SHARE},
    {"reactions", SHARE},
    {"readmore", RELATED},
    {"recent", RELATED},
    {"recirc", RELATED},
    {"recirculation", RELATED},
    {"recommend", RELATED},
    {"recommendation", RELATED},
    {"recommendations", RELATED},
    {"recommended", RELATED},
    {"register", SIGNUP},
    {"regwall", SIGNUP},
    {"reklam", AD},
    {"reklama", AD},
    {"relacionadas", RELATED},
    {"related", RELATED},
    {"replies", COMMENT},
    {"reply", COMMENT},
    {"respond", COMMENT},
    {"richtext", CONTENT},
    {"rrssb", SHARE},
};
static const hint_word S_WORDS[] = {
    {"sapo", LEAD},
    {"search", NAV},
    {"share", SHARE},
    {"sharebar", SHARE},
    {"sharedaddy", SHARE},
    {"sharethis", SHARE},
    {"shariff", SHARE},
    {"sharing", SHARE},
    {"shop", AD},
    {"shopping", AD},
    {"sidebar", SIDE},
    {"sidenote", SIDE},
    {"signup", SIGNUP},
    {"similar", RELATED},
    {"sitemap", NAV},
    {"skip", NAV},
    {"skyscraper", AD},
    {"slideshow", MEDIA},
    {"social", SHARE},
    {"sociallinks", SHARE},
    {"socials", SHARE},
    {"sponsor", AD},
    {"sponsored", AD},
    {"standfirst", LEAD},
    {"story", CONTENT},
    {"storybody", CONTENT | SYN_HINT_BODY},
    {"subhead", LEAD},
    {"subheader", LEAD},
    {"subheadline", LEAD},
    {"subnav", NAV},
    {"subscribe", SIGNUP},
    {"subscription", SIGNUP},
    {"subtitle", LEAD},
    {"suggested", RELATED},
    {"suggestion", RELATED},
    {"suggestions", RELATED},
    {"summary", LEAD},
};
static const hint_word T_WORDS[] = {
    {"taboola", RELATED}, {"tag", TAGS},           {"tagcloud", TAGS},   {"tags", TAGS},      {"tease", RELATED},
    {"teaser", RELATED},  {"teaserlist", RELATED}, {"teasers", RELATED}, {"telegram", SHARE}, {"text", CONTENT},
    {"texte", CONTENT},   {"texto", CONTENT},      {"time", DATE},       {"timestamp", DATE}, {"title", TITLE},
    {"toc", NAV},         {"toolbar", SHARE},      {"toolbox", SHARE},   {"tools", SHARE},    {"tooltip", NOTICE},
    {"topbar", NAV},      {"topic", TAGS},         {"topics", TAGS},     {"topnav", NAV},     {"trending", RELATED},
    {"twitter", SHARE},
};
static const hint_word U_WORDS[] = {
    {"updated", MODIFIED},
    {"upnext", RELATED},
};
static const hint_word V_WORDS[] = {
    {"vcard", AUTHOR}, {"video", MEDIA}, {"visuallyhidden", HIDDEN}, {"vorspann", LEAD}, {"vote", SHARE},
};
static const hint_word W_WORDS[] = {
    {"whatsapp", SHARE},
    {"widget", SIDE},
    {"widgets", SIDE},
    {"writer", AUTHOR},
};
static const hint_word X_WORDS[] = {
    {"xoxo", NAV},
};
static const hint_word Y_WORDS[] = {
    {"yarpp", RELATED},
};
static const hint_word Z_WORDS[] = {
    {"zergnet", AD},
};
#define UNDER(words)                                                                                                   \
    {                                                                                                                  \
        words, SYN_COUNT(words)                                                                                        \
    }
static const struct {
    const hint_word *words;
    size_t n;
} BY_LETTER[26] = {
    ['a' - 'a'] = UNDER(A_WORDS), ['b' - 'a'] = UNDER(B_WORDS), ['c' - 'a'] = UNDER(C_WORDS),
    ['d' - 'a'] = UNDER(D_WORDS), ['e' - 'a'] = UNDER(E_WORDS), ['f' - 'a'] = UNDER(F_WORDS),
    ['g' - 'a'] = UNDER(G_WORDS), ['h' - 'a'] = UNDER(H_WORDS), ['i' - 'a'] = UNDER(I_WORDS),
    ['k' - 'a'] = UNDER(K_WORDS), ['l' - 'a'] = UNDER(L_WORDS), ['m' - 'a'] = UNDER(M_WORDS),
    ['n' - 'a'] = UNDER(N_WORDS), ['o' - 'a'] = UNDER(O_WORDS), ['p' - 'a'] = UNDER(P_WORDS),
    ['q' - 'a'] = UNDER(Q_WORDS), ['r' - 'a'] = UNDER(R_WORDS), ['s' - 'a'] = UNDER(S_WORDS),
    ['t' - 'a'] = UNDER(T_WORDS), ['u' - 'a'] = UNDER(U_WORDS), ['v' - 'a'] = UNDER(V_WORDS),
    ['w' - 'a'] = UNDER(W_WORDS), ['x' - 'a'] = UNDER(X_WORDS), ['y' - 'a'] = UNDER(Y_WORDS),
    ['z' - 'a'] = UNDER(Z_WORDS),
};

/* word begins with a small letter and ends in NUL. */
static uint32_t hint_of(const char *word)
{
    const hint_word *words = BY_LETTER[word[0] - 'a'].words;
    size_t low = 0, high = BY_LETTER[word[0] - 'a'].n;
    while (low < high) {
        size_t mid = (low + high) / 2, k = 1;
        const char *at = words[mid].word;
        while (at[k] && at[k] == word[k]) k++;
        int order = (unsigned char)at[k] - (unsigned char)word[k];
        if (order == 0) return words[mid].hints;
        if (order < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return 0;
}

uint32_t syn_read_hints(syn_str words)
{
    uint32_t hints = 0;
    int content = 0;
    char word[24];
    size_t n = 0;
    bool lower = false;
    for (size_t i = 0; i <= words.n && i < 400; i++) {
        char c = i < words.n ? words.p[i] : ' ';
        bool up = c >= 'A' && c <= 'Z', letter = up || (c >= 'a' && c <= 'z');
        if (!letter || (up && lower)) {
            word[n] = 0;
            uint32_t h = n > 1 ? hint_of(word) : 0;
            hints |= h;
            if (h & SYN_HINT_CONTENT) content++;
            if (content >= 2) hints |= SYN_HINT_BODY;
            if (c == ' ' || c == '\t' || c == '\n') content = 0;
            n = 0;
        }
        if (letter && n + 1 < sizeof word) word[n++] = (char)(up ? c + 32 : c);
        lower = letter && !up;
    }
    return hints;
}
