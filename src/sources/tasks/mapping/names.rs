//! What a column of an unknown table may be by the words of its name, in several languages.

/// What a column may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    Title,
    Key,
    Status,
    Person,
    Created,
    Updated,
    Started,
    Done,
    Due,
    Estimate,
    Tags,
    Kind,
    Project,
    Parent,
    Date,
    StartClock,
    EndDate,
    EndClock,
    Duration,
    Note,
}

/// Names by commas, as they are compared: lower case, `_` and `-` as blanks, without what stands
/// in brackets.
const NAMES: &[(Role, &str)] = &[
    (
        Role::Key,
        "id, key, issue, ticket, issue key, issue id, ticket id, task id, nr, nr., nummer, \
         number, no, no., #, ref, reference, kennung, schlüssel, vorgangsschlüssel, clave, \
         código, codigo, número, clé, référence, numéro, chave, chiave",
    ),
    (
        Role::Title,
        "title, task, name, summary, subject, item, todo, to do, what, story, task name, titel, \
         aufgabe, betreff, bezeichnung, vorgang, zusammenfassung, was, título, titulo, tarea, \
         asunto, nombre, resumen, titre, tâche, sujet, résumé, nom, tarefa, assunto, resumo, \
         nome, titolo, attività, oggetto",
    ),
    (
        Role::Status,
        "status, state, stage, stand, zustand, phase, estado, état, etat, statut, situação, \
         stato, progress, fortschritt",
    ),
    (
        Role::Person,
        "assignee, assignees, assigned to, owner, responsible, who, person, user, member, \
         employee, developer, zugewiesen, zugewiesen an, bearbeiter, zuständig, verantwortlich, \
         wer, mitarbeiter, benutzer, asignado, asignado a, responsable, persona asignada, \
         usuario, assigné à, responsável, utilisateur, assegnatario, utente, full name, first \
         name, last name, email, e mail, vorname, nachname",
    ),
    (
        Role::Created,
        "created, created at, created on, created date, date created, creation date, opened, \
         added, reported, erstellt, erstellt am, angelegt, angelegt am, eröffnet, seit, creado, \
         creada, fecha de creación, créé, créé le, date de création, criado, criado em, data de \
         criação, creato",
    ),
    (
        Role::Updated,
        "updated, updated at, modified, modified at, last modified, last updated, changed, last \
         edited, geändert, geändert am, aktualisiert, actualizado, actualizada, modificado, \
         modifié, mis à jour, mise à jour, atualizado, modificato",
    ),
    (
        Role::Started,
        "started, started at, started on, in progress since, began, began at, began on, begun, \
         start, begin, beginn, begonnen, begonnen am, gestartet, gestartet am, angefangen, \
         angefangen am, inicio, début, início, inizio, iniciado, empezado, commencé, commencé le, iniciada, iniziato",
    ),
    (
        Role::Done,
        "done, done at, done on, completed, completed at, completed on, ended, completion date, date \
         completed, finished, closed, closed at, closed date, resolved, resolved at, erledigt, \
         erledigt am, beendet, beendet am, abgeschlossen, abgeschlossen am, fertig, fertig am, geschlossen, terminado, \
         cerrado, completado, fecha de cierre, terminé, terminé le, fermé, concluído, fechado, \
         resolvido, completato",
    ),
    (
        Role::Due,
        "due, due date, due on, deadline, target date, fällig, fällig am, frist, termin, \
         fälligkeitsdatum, vencimiento, fecha límite, fecha de vencimiento, échéance, date \
         d'échéance, prazo, vencimento, data limite, scadenza",
    ),
    (
        Role::Estimate,
        "estimate, estimated, estimation, est, est., story points, points, sp, effort, size, estimated \
         hours, aufwand, schätzung, punkte, estimación, puntos, estimativa, pontos, stima",
    ),
    (
        Role::Tags,
        "tags, labels, label, tag, category, categories, schlagwörter, kategorie, etiketten, \
         etiquetas, étiquettes, catégorie, categoria, etichette",
    ),
    (
        Role::Kind,
        "type, issue type, kind, task type, typ, art, tipo, genre",
    ),
    (
        Role::Project,
        "project, board, repository, repo, projekt, proyecto, projet, projeto, progetto",
    ),
    (
        Role::Parent,
        "parent, parent id, parent key, epic, übergeordnet, padre, pai",
    ),
    (
        Role::Date,
        "date, day, datum, tag, fecha, día, jour, data, dia, giorno, start date, start, begin, \
         beginn, startdatum, inicio, fecha de inicio, début, date de début, início, inizio",
    ),
    (
        Role::StartClock,
        "start time, start, begin, beginn, inicio, début, início, inizio, from, time in, von, startzeit, uhrzeit von, hora inicio, desde, heure de \
         début, de, dalle",
    ),
    (
        Role::EndDate,
        "end date, stop date, enddatum, fecha fin, date de fin, data fim, data fine",
    ),
    (
        Role::EndClock,
        "end, end time, to, until, stop, stop time, time out, bis, ende, endzeit, hora  fin, \
         hasta, fin, heure de fin, até, fim, alle, fine",
    ),
    (
        Role::Duration,
        "duration, hours, time, time spent, minutes, seconds, dauer, stunden, zeit, minuten, std, \
         std., duración, horas, minutos, tiempo, durée, heures, temps, duração, tempo, durata, \
         ore",
    ),
    (
        Role::Note,
        "note, notes, comment, description, details, notiz, notizen, kommentar, bemerkung, \
         beschreibung, tätigkeit, nota, notas, comentario, descripción, commentaire, descrição, \
         descrizione",
    ),
];

/// Every role that a column of this name may have, the likeliest first.
pub(super) fn roles(header: &str) -> Vec<Role> {
    let name = header.to_lowercase().replace(['_', '-'], " ");
    let name = name.split(['(', '[']).next().unwrap_or_default();
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = name.trim_end_matches(['?', ':', '*']).trim();
    let known = NAMES
        .iter()
        .filter(|(_, names)| names.split(", ").any(|known| known == name));
    known.map(|(role, _)| *role).collect()
}
