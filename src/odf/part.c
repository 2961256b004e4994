/* SPDX-License-Identifier: MIT */
/* Packages of any kind, part by part: spreadsheets, and files that are made whole. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

/* Neither a broken manifest nor a missing one is of interest here. */
static bool encrypted(OdfPackage *p)
{
    size_t len = 0;
    bool failed = false;
    Diags *quiet = diags_new(LANG_EN);
    char *manifest = odf_package_get(p, "META-INF/manifest.xml", &len, quiet, &failed);
    diags_free(quiet);
    bool found = manifest && strstr(manifest, "encryption-data");
    free(manifest);
    return found;
}

char *odf_part(const char *path, char *bytes, size_t n_bytes, const char *part, size_t *len,
               Diags *d)
{
    OdfPackage *p = odf_package_open(path, bytes, n_bytes, d);
    if (!p)
        return NULL;
    bool failed = false;
    char *text = NULL;
    odf_package_limit(p, ODF_SHEET_BYTES);
    if (encrypted(p))
        diag_add(d, DIAG_odf_encrypted, &(Place){ .file = path }, (char *)NULL);
    else if (!(text = odf_package_get(p, part, len, d, &failed)) && !failed)
        diag_add(d, DIAG_odf_no_content, &(Place){ .file = path }, (char *)NULL);
    odf_package_free(p);
    return text;
}

bool odf_write_parts(const char *type, const OdfPart *part, size_t n, Buf *out)
{
    Buf manifest = {0};
    buf_format(&manifest, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<manifest:manifest "
               "xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" "
               "manifest:version=\"1.3\">\n <manifest:file-entry manifest:full-path=\"/\" "
               "manifest:version=\"1.3\" manifest:media-type=\"%s\"/>\n", type);
    OdfZip *z = odf_zip_new();
    odf_zip_start(z, out);
    odf_zip_add(z, "mimetype", type, strlen(type), false, NULL);
    for (size_t i = 0; i < n; i++) {
        odf_zip_add(z, part[i].name, part[i].data, part[i].len, true, NULL);
        buf_format(&manifest, " <manifest:file-entry manifest:full-path=\"%s\" "
                   "manifest:media-type=\"text/xml\"/>\n", part[i].name);
    }
    buf_str(&manifest, "</manifest:manifest>\n");
    odf_zip_add(z, "META-INF/manifest.xml", manifest.p, manifest.n, true, NULL);
    bool ok = odf_zip_end(z);
    buf_free(&manifest);
    odf_zip_free(z);
    return ok;
}
