//! Where what stands in a Jira CSV: Cloud and Data Center spell the columns differently, and most
//! follow the language of whoever exported. Names are compared in lower case.

use crate::sources::tasks::table::Table;

/// Spellings of one column.
type Names = &'static [&'static str];

/// The key.
pub(super) const KEY: Names = &[
    "issue key",
    "work item key",
    "vorgangsschlüssel",
    "schlüssel des vorgangs",
    "clave de incidencia",
    "clave de la incidencia",
    "clé de ticket",
    "clé du ticket",
    "clé de demande",
    "chave da item",
    "chave do item",
    "chave da ocorrência",
    "chave do problema",
    "chiave ticket",
    "chiave segnalazione",
    "issue-sleutel",
];

/// The title.
pub(super) const SUMMARY: Names = &[
    "summary",
    "zusammenfassung",
    "resumen",
    "résumé",
    "resumo",
    "riepilogo",
    "samenvatting",
];

/// Where it stands.
pub(super) const STATUS: Names = &["status", "estado", "état", "statut", "situação", "stato"];

const ID: Names = &[
    "issue id",
    "work item id",
    "vorgangs-id",
    "vorgangsnummer",
    "id de la incidencia",
    "id de incidencia",
    "id du ticket",
    "id de ticket",
    "identifiant de ticket",
    "id da item",
    "id do item",
    "id da ocorrência",
];
const KIND: Names = &[
    "issue type",
    "work item type",
    "work type",
    "vorgangstyp",
    "tipo de incidencia",
    "type de ticket",
    "type de demande",
    "tipo de item",
    "tipo do item",
    "tipo de ocorrência",
    "tipo ticket",
];
const PROJECT: Names = &[
    "project key",
    "projektschlüssel",
    "clave del proyecto",
    "clave de proyecto",
    "clé de projet",
    "clé du projet",
    "chave do projeto",
    "chiave progetto",
];
const RESOLUTION: Names = &[
    "resolution",
    "lösung",
    "resolución",
    "résolution",
    "resolução",
    "risoluzione",
];
const ASSIGNEE: Names = &[
    "assignee",
    "bearbeiter",
    "zugewiesene person",
    "zugewiesen an",
    "persona asignada",
    "responsable",
    "asignado a",
    "personne assignée",
    "attribution",
    "responsável",
    "assegnatario",
];
const ASSIGNEE_ID: Names = &[
    "assignee id",
    "bearbeiter-id",
    "id der zugewiesenen person",
    "id de la persona asignada",
    "id de persona asignada",
    "id del responsable",
    "id du responsable",
    "id de la personne assignée",
    "id do responsável",
];
const CREATED: Names = &[
    "created",
    "erstellt",
    "creada",
    "creado",
    "création",
    "créé",
    "créée",
    "date de création",
    "criado",
    "criada",
    "criado(a)",
    "data creazione",
    "creato",
];
const UPDATED: Names = &[
    "updated",
    "aktualisiert",
    "actualizada",
    "actualizado",
    "mise à jour",
    "mis à jour",
    "date de mise à jour",
    "atualizado(a)",
    "atualizado",
    "atualizada",
    "aggiornato",
];
const RESOLVED: Names = &[
    "resolved",
    "erledigt",
    "gelöst",
    "resuelta",
    "resuelto",
    "résolu",
    "résolue",
    "date de résolution",
    "resolvido",
    "resolvido(a)",
    "resolvida",
    "risolto",
];
const DUE: Names = &[
    "due date",
    "fälligkeitsdatum",
    "fällig",
    "fecha de vencimiento",
    "date d'échéance",
    "date d’échéance",
    "échéance",
    "data limite",
    "data de vencimento",
    "data di scadenza",
];
const LABELS: Names = &[
    "labels",
    "stichwörter",
    "etiquetas",
    "étiquettes",
    "categorias",
    "etichette",
];
const WORK: Names = &[
    "log work",
    "arbeit protokollieren",
    "registro de trabajo",
    "registrar trabajo",
    "journal de travail",
    "consigner un travail",
    "registro de trabalho",
    "registrar trabalho",
];
const ESTIMATE: Names = &[
    "original estimate",
    "ursprüngliche schätzung",
    "estimación original",
    "estimation originale",
    "estimation initiale",
    "estimativa original",
    "stima originale",
];
const SPENT: Names = &[
    "time spent",
    "benötigte zeit",
    "zeitaufwand",
    "tiempo empleado",
    "temps passé",
    "temps consacré",
    "tempo gasto",
    "tempo impiegato",
];
const CATEGORY: Names = &[
    "status category",
    "statuskategorie",
    "categoría de estado",
    "categoría del estado",
    "catégorie d'état",
    "catégorie d’état",
    "catégorie de statut",
    "categoria do status",
    "categoria de status",
    "categoria di stato",
];
const CATEGORY_CHANGED: Names = &[
    "status category changed",
    "statuskategorie geändert",
    "categoría de estado modificada",
    "categoría de estado cambiada",
    "catégorie d'état modifiée",
    "catégorie de statut modifiée",
    "categoria do status alterada",
    "categoria de status alterada",
];
const PARENT_KEY: Names = &[
    "parent key",
    "übergeordneter schlüssel",
    "schlüssel des übergeordneten elements",
    "clave principal",
    "clave del elemento principal",
    "clé parente",
    "clé parent",
    "chave pai",
    "chave do pai",
];
const PARENT_ID: Names = &["parent id", "parent", "übergeordnet", "principal", "pai"];

/// The columns of one file.
pub(super) struct Columns {
    pub(super) key: Option<usize>,
    pub(super) id: Option<usize>,
    pub(super) title: Option<usize>,
    pub(super) kind: Option<usize>,
    pub(super) status: Option<usize>,
    pub(super) category: Option<usize>,
    pub(super) category_changed: Option<usize>,
    pub(super) project: Option<usize>,
    pub(super) resolution: Option<usize>,
    pub(super) assignee: Option<usize>,
    pub(super) assignee_id: Option<usize>,
    pub(super) created: Option<usize>,
    pub(super) updated: Option<usize>,
    pub(super) resolved: Option<usize>,
    pub(super) due: Option<usize>,
    pub(super) labels: Vec<usize>,
    pub(super) work: Vec<usize>,
    pub(super) points: Vec<usize>,
    pub(super) estimate: Option<usize>,
    pub(super) spent: Option<usize>,
    pub(super) parent_key: Option<usize>,
    pub(super) parent_id: Option<usize>,
    pub(super) epic: Vec<usize>,
}

impl Columns {
    /// Finds them once for a whole file.
    pub(super) fn of(table: &Table<'_>) -> Self {
        Self {
            key: table.column(KEY),
            id: table.column(ID),
            title: table.column(SUMMARY),
            kind: table.column(KIND),
            status: table.column(STATUS),
            category: table.column(CATEGORY),
            category_changed: table.column(CATEGORY_CHANGED),
            project: table.column(PROJECT),
            resolution: table.column(RESOLUTION),
            assignee: table.column(ASSIGNEE),
            assignee_id: table.column(ASSIGNEE_ID),
            created: table.column(CREATED),
            updated: table.column(UPDATED),
            resolved: table.column(RESOLVED),
            due: table.column(DUE),
            labels: table.columns(LABELS),
            work: table.columns(WORK),
            points: custom(table, &["story points", "story point estimate", "points"]),
            estimate: table.column(ESTIMATE),
            spent: table.column(SPENT),
            parent_key: table.column(PARENT_KEY),
            parent_id: table.column(PARENT_ID),
            epic: custom(table, &["epic link", "lien d'épopée", "lien d’épopée"]),
        }
    }
}

/// The columns of a site's own fields: `Custom field (Story Points)` in any language.
fn custom(table: &Table<'_>, fields: &[&str]) -> Vec<usize> {
    let is = |name: &String| {
        let name = name.to_lowercase();
        let inner = name.strip_suffix(')').and_then(|name| name.split_once('('));
        inner.is_some_and(|(_, field)| fields.contains(&field.trim()))
    };
    let all = table.header().iter().enumerate();
    all.filter(|(_, name)| is(name)).map(|(at, _)| at).collect()
}
