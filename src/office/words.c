/* SPDX-License-Identifier: MIT */
/* The words of an office for the values of the schema, and back.  The first word of a value is the
 * one skryba writes. */
#include "internal.h"

#include <string.h>

static const struct { const char *type, *value, *words; } table[] = {
    { "sex", "F", "kobieta|K|F|Pani|żeńska" },
    { "sex", "M", "mężczyzna|M|Pan|męska" },
    { "participantKind", "adult", "osoba dorosła|dorosły|dorosła" },
    { "participantKind", "child", "dziecko" },
    { "participantKind", "environment", "osoba z otoczenia|otoczenie" },
    { "participantStatus", "unemployed", "osoba bezrobotna|bezrobotny|bezrobotna" },
    { "participantStatus", "longTermUnemployed",
      "osoba długotrwale bezrobotna|długotrwale bezrobotny|długotrwale bezrobotna" },
    { "participantStatus", "inactive",
      "osoba bierna zawodowo|bierny zawodowo|bierna zawodowo|nieaktywny zawodowo|"
      "nieaktywna zawodowo|osoba nieaktywna zawodowo|nieaktywny|nieaktywna|bierny|bierna" },
    { "participantStatus", "employed",
      "osoba pracująca|pracujący|pracująca|zatrudniony|zatrudniona|osoba zatrudniona" },
    { "participantStatus", "student",
      "osoba ucząca się|uczący się|ucząca się|uczeń|uczennica|student|studentka" },
    { "education", "none", "brak|bez wykształcenia" },
    { "education", "primary", "podstawowe" },
    { "education", "lowerSecondary", "gimnazjalne" },
    { "education", "vocational", "zasadnicze zawodowe|zawodowe" },
    { "education", "secondary", "średnie|ponadgimnazjalne" },
    { "education", "postSecondary", "policealne|pomaturalne" },
    { "education", "higher", "wyższe" },
    { "memberRole", "manager", "kierownik projektu|kierownik|kierowniczka" },
    { "memberRole", "coordinator", "koordynator|koordynatorka|koordynator projektu" },
    { "memberRole", "accountant", "główna księgowa|główny księgowy|księgowa|księgowy" },
    { "memberRole", "socialWorker", "pracownik socjalny|pracownica socjalna" },
    { "memberRole", "psychologist", "psycholog" },
    { "memberRole", "careerAdviser", "doradca zawodowy|doradczyni zawodowa" },
    { "memberRole", "trainer", "trener|trenerka|trener pracy" },
    { "memberRole", "lawyer", "prawnik|prawniczka|radca prawny" },
    { "memberRole", "educator", "pedagog" },
    { "memberRole", "coach", "coach" },
    { "memberRole", "instructor", "instruktor|instruktorka|wykładowca" },
    { "memberRole", "director", "dyrektor|dyrektorka" },
    { "memberRole", "other", "inna|inny" },
    { "classKind", "group", "grupowe|grupowa" },
    { "classKind", "individual", "indywidualne|indywidualna" },
    { "classKind", "mixed", "mieszane|mieszana" },
    { "classKind", "away", "wyjazdowe|wyjazdowa" },
    { "hoursScope", "total", "łącznie|razem" },
    { "hoursScope", "perSpecialist", "u każdego specjalisty|na specjalistę" },
    { "hourUnit", "45", "45|45 min|lekcyjna" },
    { "hourUnit", "60", "60|60 min|zegarowa" },
    { "courseKind", "own", "własny|kurs własny" },
    { "courseKind", "art117", "art. 117|prawo oświatowe" },
    { "courseKind", "generalCompetence", "kurs kompetencji ogólnych|kompetencji ogólnych" },
    { "courseKind", "additionalSkills",
      "kurs umiejętności|kurs umiejętności dodatkowych|umiejętności dodatkowych" },
    { "courseKind", "sectorTraining", "branżowe szkolenie|szkolenie branżowe" },
    { "courseKind", "PUP", "szkolenie urzędu pracy|urząd pracy|PUP" },
    { "courseKind", "licence", "przed egzaminem państwowym|prawo jazdy|egzamin państwowy" },
    { "examKind", "none", "bez egzaminu|brak" },
    { "examKind", "test", "test" },
    { "examKind", "written", "egzamin pisemny|pisemny" },
    { "examKind", "oral", "egzamin ustny|ustny" },
    { "examKind", "practical", "egzamin praktyczny|praktyczny" },
    { "examKind", "mixed", "egzamin mieszany|mieszany" },
    { "examKind", "external", "egzamin zewnętrzny|zewnętrzny" },
    { "completionResult", "completed",
      "ukończono|ukończył|ukończyła|ukończony|ukończenie|ukończył bez egzaminu|"
      "ukończyła bez egzaminu" },
    { "completionResult", "passed",
      "zdano|zdał|zdała|zdany|zaliczono|zaliczył|zaliczyła|pozytywny" },
    { "completionResult", "failed",
      "nie zdano|nie zdał|nie zdała|niezdany|nie zaliczono|nie zaliczył|nie zaliczyła" },
    { "completionResult", "dropped",
      "przerwano|przerwał|przerwała|rezygnacja|zrezygnował|zrezygnowała" },
    { "certificateStatus", "prepared", "przygotowane" },
    { "certificateStatus", "issued", "wydane" },
    { "certificateStatus", "void", "unieważnione" },
    { "projectStatus", "plan", "planowany" },
    { "projectStatus", "running", "w trakcie" },
    { "projectStatus", "finished", "zakończony" },
    { "fulfilment", "full", "w całości" },
    { "fulfilment", "partly", "częściowo" },
    { "fulfilment", "no", "nie" },
    { "reviewConclusion", "continue", "bez zmian" },
    { "reviewConclusion", "change", "do zmiany" },
    { "reviewConclusion", "end", "zakończenie" },
    { "restart", "never", "nigdy" },
    { "restart", "year", "co rok" },
    { "restart", "course", "w każdym kursie" },
    { "peselUse", "full", "cały" },
    { "peselUse", "masked", "zasłonięty" },
    { "peselUse", "none", "bez numeru" },
    { "contractForm", "2005", "2005|wzór z 2005 r" },
    { "contractForm", "A", "A|część A|2010 A" },
    { "contractForm", "B", "B|część B|2010 B" },
    { "contractStatus", "active", "w toku|aktywny|trwa" },
    { "contractStatus", "finished", "zakończony" },
    { "contractStatus", "terminated", "rozwiązany" },
    { "contractStatus", "void", "unieważniony" },
    { "xs:boolean", "true", "tak|T|true|prawda|1|x" },
    { "xs:boolean", "false", "nie|N|false|fałsz|0" },
    { "yesNo", "yes", "tak|T|yes|1" },
    { "yesNo", "no", "nie|N|no|0" },
};

bool words_known(const char *type)
{
    for (size_t i = 0; i < COUNT(table); i++)
        if (!strcmp(table[i].type, type))
            return true;
    return false;
}

const char *words_get(const char *type, size_t i)
{
    const char *last = NULL;
    for (size_t k = 0; k < COUNT(table); k++) {
        bool again = last && !strcmp(table[k].value, last);
        if (!strcmp(table[k].type, type) && !again && !i--)
            return table[k].value;
        last = table[k].value;
    }
    return NULL;
}

static bool among(const char *words, const char *word)
{
    for (const char *w = words; *w; w += strcspn(w, "|"), w += *w == '|') {
        char *one = mem_dup(w, strcspn(w, "|"));
        bool same = fold_same(one, word);
        free(one);
        if (same)
            return true;
    }
    return false;
}

const char *words_value(const char *type, const char *word)
{
    for (size_t i = 0; i < COUNT(table); i++)
        if (!strcmp(table[i].type, type) &&
            (!strcmp(table[i].value, word) || among(table[i].words, word)))
            return table[i].value;
    return NULL;
}

const char *words_word(Arena *a, const char *type, const char *value)
{
    for (size_t i = 0; i < COUNT(table); i++)
        if (!strcmp(table[i].type, type) && !strcmp(table[i].value, value))
            return arena_dup(a, table[i].words, strcspn(table[i].words, "|"));
    return NULL;
}

void words_list(const char *type, Buf *out)
{
    for (size_t i = 0; i < COUNT(table); i++)
        if (!strcmp(table[i].type, type))
            buf_format(out, "%s%.*s", out->n ? ", " : "", (int)strcspn(table[i].words, "|"),
                       table[i].words);
}
