/* SPDX-License-Identifier: MIT */
/* The compatibility items of office:settings: shared/writer-layout, text.md and frames-styles.md
 * section 0, tables-pages.md section 0. */
#include "internal.h"

#include <stddef.h>

typedef struct {
    const char *name;
    size_t offset;
    bool fresh, missing;        /* without any settings; in settings that do not say */
} Item;

#define I(name, fresh, missing) { #name, offsetof(OdfSettings, name), fresh, missing }
static const Item items[] = {
    I(AddExternalLeading, true, false),
    I(PropLineSpacingShrinksFirstLine, true, false),
    I(UseFormerLineSpacing, false, true),
    I(UseFormerTextWrapping, false, true),
    I(InvertBorderSpacing, false, false),
    I(AddParaTableSpacing, true, true),
    I(AddParaTableSpacingAtStart, true, true),
    I(AddParaSpacingToTableCells, true, false),
    I(AddParaLineSpacingToTableCells, true, false),
    I(TabsRelativeToIndent, true, true),
    I(TabOverMargin, false, false),
    I(TabOverSpacing, false, false),
    I(DoNotJustifyLinesWithManualBreak, false, true),
    I(IgnoreFirstLineIndentInNumbering, false, true),
    I(SmallCapsPercentage66, false, true),
    I(AutoFirstLineIndentDisregardLineSpace, true, false),
    I(CollapseEmptyCellPara, true, false),
    I(MsWordCompTrailingBlanks, false, false),
    I(IgnoreTabsAndBlanksForLineCalculation, false, false),
    I(TabAtLeftIndentForParagraphsInList, false, false),
    I(TableRowKeep, false, false),
    I(HeaderSpacingBelowLastPara, false, false),
    I(FootnoteInColumnToPageEnd, true, true),
    I(ContinuousEndnotes, false, false),
    I(TreatSingleColumnBreakAsPageBreak, false, false),
    I(SurroundTextWrapSmall, false, false),
};
#undef I

static const OdfNode *item_set(const OdfNode *settings, const char *name)
{
    for (size_t i = 0; settings && i < settings->n_kid; i++) {
        const OdfNode *set = settings->kid[i];
        if (set->name == ODF_CONFIG_CONFIG_ITEM_SET &&
            str_equal(odf_attr(set, ODF_CONFIG_NAME), name))
            return set;
    }
    return NULL;
}

static const char *item(const OdfNode *set, const char *name)
{
    for (size_t i = 0; set && i < set->n_kid; i++) {
        const OdfNode *n = set->kid[i];
        if (n->name == ODF_CONFIG_CONFIG_ITEM && str_equal(odf_attr(n, ODF_CONFIG_NAME), name))
            return n->n_kid && n->kid[0]->name == ODF_CHARACTERS ? n->kid[0]->text : "";
    }
    return NULL;
}

void odf_settings_read(OdfFile *f)
{
    OdfSettings *s = ARENA_NEW(f->arena, OdfSettings);
    const OdfNode *set = item_set(f->settings, "ooo:configuration-settings");
    /* Two items follow this one when they are missing themselves. */
    bool wrap = item(set, "ConsiderTextWrapOnObjPos") || item(set, "ConsiderWrapOnObjPos");
    for (size_t i = 0; i < COUNT(items); i++) {
        bool value = set ? items[i].missing : items[i].fresh;
        if (set && wrap &&
            (items[i].offset == offsetof(OdfSettings, IgnoreFirstLineIndentInNumbering) ||
             items[i].offset == offsetof(OdfSettings, DoNotJustifyLinesWithManualBreak)))
            value = false;
        *((bool *)((char *)s + items[i].offset)) = odf_bool(item(set, items[i].name), value);
    }
    /* In packages this item takes the leading away; in flat files it does nothing. */
    if (!f->flat && odf_bool(item(set, "UnxForceZeroExtLeading"), set != NULL))
        s->AddExternalLeading = false;
    if (!set && !f->flat)       /* the one that LibreOffice gives to flat files only */
        s->FootnoteInColumnToPageEnd = false;
    s->ShowRedlineChanges =
        odf_bool(item(item_set(f->settings, "ooo:view-settings"), "ShowRedlineChanges"), true);
    f->compat = s;
}
