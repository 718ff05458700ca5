//! The statements of a chapter on its page: a mark at each sentence that has some, and at the
//! chapter's end what became of them, each with a link to its evidence.

use cases::footnotes::{Footnotes, Note, Piece};
use judge::older::Today;
use judge::statement::{Outcome, Says, Source, Statement};
use judge::summary::CaseSummary;
use judge::words::statement as words;
use maud::{Markup, html};
use protocol::Machine;

use super::{assembly, tables};
use crate::html::{Link, said, slug};

/// As many notes as are shown without being asked for.
const FEW: usize = 6;

/// What a record has of a case, and the case today; or why there is nothing to tell.
pub type Told<'r> = Result<(&'r CaseSummary<'r>, &'r Machine, &'r Today), &'static str>;

/// A chapter whose statements were held against a record.
pub struct Tied {
    /// Its text, with a mark at each sentence that has a note.
    pub prose: String,
    notes: Vec<Noted>,
}

/// A note, and what became of each of its statements.
struct Noted {
    note: Note,
    held: Vec<Held>,
}

/// A statement, and what became of it.
struct Held {
    text: String,
    outcome: Outcome,
    evidence: Option<Evidence>,
}

/// Where the page has what a statement was held against.
struct Evidence {
    place: String,
    what: &'static str,
}

impl Tied {
    /// Holds a chapter against a case of a record, or says why there is none that can tell: then
    /// what the records beside it say, each by its label, is asked.
    pub fn new(chapter: &str, record: Told, beside: &[(&str, Told)]) -> Self {
        let Footnotes { prose, notes, .. } = Footnotes::of(chapter);
        let noted = |note: Note| {
            let held = |text: &String| Held::new(text, record).or_beside(text, beside);
            let held = note.statements.iter().map(held).collect();
            Noted { note, held }
        };
        let notes: Vec<Noted> = notes.into_iter().map(noted).collect();
        Self { prose: marked(&prose, &notes), notes }
    }

    fn outcomes(&self) -> impl Iterator<Item = &Outcome> {
        self.notes.iter().flat_map(|noted| noted.held.iter().map(|held| &held.outcome))
    }

    /// How many hold, with a link to them; empty where there are none.
    pub fn count(&self) -> Markup {
        html! {
            @if !self.notes.is_empty() {
                p.small { "Of the chapter, " a href="#statements" { (words::count(self.outcomes())) } "." }
            }
        }
    }

    /// All of them, folded where they are many and none fails; empty where there are none.
    pub fn list(&self) -> Markup {
        let fails = self.outcomes().any(|outcome| matches!(outcome, Outcome::Fails(_)));
        html! {
            @if !self.notes.is_empty() {
                section.statements role="doc-endnotes" aria-label="What bears the chapter out" {
                    details id="statements" open[fails || self.notes.len() <= FEW] {
                        summary { "What bears this out: " (words::count(self.outcomes())) }
                        ol { @for noted in &self.notes { (noted.line()) } }
                    }
                }
            }
        }
    }
}

/// The text with its marks; the first of a note is where the note leads back to.
fn marked(prose: &[Piece], notes: &[Noted]) -> String {
    let mut seen = vec![false; notes.len()];
    let piece = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Mark(at) => {
            let is_first = !std::mem::replace(&mut seen[*at], true);
            notes[*at].mark(at + 1, is_first).into_string()
        }
    };
    prose.iter().map(piece).collect()
}

impl Noted {
    /// Where it stands.
    fn place(&self) -> String {
        slug(&format!("statement-{}", self.note.id))
    }

    /// Where its first mark stands.
    fn back(&self) -> String {
        slug(&format!("said-{}", self.note.id))
    }

    /// What became of it as a whole: one statement that fails is enough.
    fn outcome(&self) -> Option<&Outcome> {
        let weight = |outcome: &&Outcome| match outcome {
            Outcome::Holds(_) => 0,
            Outcome::Cannot(_) => 1,
            Outcome::Fails(_) => 2,
        };
        self.held.iter().map(|held| &held.outcome).max_by_key(weight)
    }

    /// A number; what does not hold says so in the sentence.
    fn mark(&self, number: usize, is_first: bool) -> Markup {
        let outcome = self.outcome();
        let word = outcome.map_or("", |outcome| words::outcome(outcome).1);
        let fails = matches!(outcome, Some(Outcome::Fails(_)));
        html! {
            sup.tied {
                a id=[is_first.then(|| self.back())] class=[fails.then_some("slower")]
                    href=(Link::here(&self.place())) role="doc-noteref"
                    aria-label={ "evidence " (number) ": " (word) }
                {
                    @if fails { "✗ " (number) " " (word) } @else { (number) }
                }
            }
        }
    }

    /// Its statements, one below the other.
    fn line(&self) -> Markup {
        html! {
            li id=(self.place()) {
                @for held in &self.held { (held.line()) }
                p { a href=(Link::here(&self.back())) role="doc-backlink" { "to the sentence" } }
            }
        }
    }
}

impl Held {
    fn new(text: &str, record: Told) -> Self {
        let (outcome, evidence) = match (text.parse::<Statement>(), record) {
            (Err(why), _) => (Outcome::Cannot(why), None),
            (_, Err(why)) => (Outcome::Cannot(why.to_owned()), None),
            (Ok(statement), Ok((summary, machine, today))) => {
                let refused = today.refuses(summary, &statement.rungs());
                let judged = || statement.judge(summary, machine);
                let outcome = refused.map_or_else(judged, Outcome::Cannot);
                let was_found = !matches!(outcome, Outcome::Cannot(_));
                (outcome, was_found.then(|| Evidence::of(&statement, summary)))
            }
        };
        Self { text: text.to_owned(), outcome, evidence }
    }

    /// This, or where it cannot be told what the first other record says that can tell.
    fn or_beside(mut self, text: &str, beside: &[(&str, Told)]) -> Self {
        let tells = |(label, told): &(&str, Told)| match Self::new(text, *told).outcome {
            Outcome::Holds(found) => Some(format!("holds on {label}: {found}")),
            Outcome::Fails(found) => Some(format!("does not hold on {label}: {found}")),
            Outcome::Cannot(_) => None,
        };
        if let Outcome::Cannot(why) = &mut self.outcome
            && let Some(found) = beside.iter().find_map(tells)
        {
            *why = format!("{why}; {found}");
        }
        self
    }

    fn line(&self) -> Markup {
        let (sign, word) = words::outcome(&self.outcome);
        let (Outcome::Holds(text) | Outcome::Fails(text) | Outcome::Cannot(text)) = &self.outcome;
        let class = match self.outcome {
            Outcome::Holds(_) => "faster",
            Outcome::Fails(_) => "slower",
            Outcome::Cannot(_) => "cannot-tell",
        };
        html! {
            p {
                span class=(class) { (sign) " " (word) } " " code { (self.text) } ": "
                (said(text))
                @if let Some(Evidence { place, what }) = &self.evidence {
                    " · " a href=(Link::here(place)) { (what) }
                }
            }
        }
    }
}

impl Evidence {
    /// Where the page shows what bears a statement out, or does not.
    fn of(statement: &Statement, summary: &CaseSummary) -> Self {
        let (place, what) = match (statement.source(), &statement.says) {
            (Source::Listing, Says::Hot { rung, .. }) => (assembly::place(rung), "listing"),
            (Source::Scenario | Source::Counted, _) => {
                let headline = &summary.headline().record.scenario;
                (tables::place(statement.scenario(summary).unwrap_or(headline)), "scenario")
            }
            (Source::Bill, _) => ("what-the-time-goes-to".to_owned(), "bill"),
            _ => ("why-it-is-faster".to_owned(), "counts"),
        };
        Self { place, what }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::tests::plain;
    use record::fixture::record;
    use std::collections::BTreeMap;

    const CHAPTER: &str = "\
It wins.[^wins] It asks often,[^asks] and it wins.[^wins] Who knows?[^no]

[^wins]: `optimized ahead of naive` and `time of optimized < 0.9 × time of naive`
[^asks]: `allocations of naive = 0`
[^no]: `wide ahead of naive`
";

    /// The rungs that were measured.
    fn today(summary: &CaseSummary) -> Today {
        let rungs = summary.rungs.iter().map(|rung| (*rung).to_owned()).collect();
        Today { rungs, code: BTreeMap::new() }
    }

    fn tied(chapter: &str) -> Tied {
        let record = record();
        let summary = CaseSummary::new(&record.cases["words"], &record.machine).unwrap();
        Tied::new(chapter, Ok((&summary, &record.machine, &today(&summary))), &[])
    }

    #[test]
    fn marks_are_numbers_and_say_in_words_what_does_not_hold() {
        let prose = tied(CHAPTER).prose;
        let text = plain(&prose);
        let shown = "It wins.1 It asks often,✗ 2 does not hold here and it wins.1 Who knows?3\n";
        assert!(text.starts_with(shown), "{text}");
        assert!(!prose.contains("[^") && !prose.contains("ahead of"), "{prose}");
        assert!(prose.contains("aria-label=\"evidence 3: cannot be told here\">3</a>"), "{prose}");
        // Two marks of a note, and one place to come back to.
        assert_eq!(prose.matches("href=\"#statement-wins\"").count(), 2);
        assert_eq!(prose.matches("id=\"said-wins\"").count(), 1);
    }

    #[test]
    fn each_statement_says_what_is_so_and_leads_there() {
        let tied = tied(CHAPTER);
        let html = tied.list().into_string();
        let text = plain(&html);
        for part in [
            "What bears this out: 2 of 4 statements hold here, 1 does not, 1 cannot be told",
            "✓ holds optimized ahead of naive: optimized against naive: 4.00× [3.99, 4.01], faster",
            "✗ does not hold here allocations of naive = 0: allocations of naive: 3",
            "– cannot be told here wide ahead of naive: wide did not run here: no avx2",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
        for place in ["#at-short-mixed1000\">scenario", "#said-wins\" role=\"doc-backlink\""] {
            assert!(html.contains(place), "{place} in {html}");
        }
        assert!(plain(&tied.count().into_string()).contains("2 of 4 statements hold here"));
    }

    #[test]
    fn many_that_hold_are_folded_and_one_that_fails_opens_them() {
        let many = |last: &str| {
            let notes =
                (0..=FEW).map(|at| format!("A.[^{at}]\n\n[^{at}]: `lines of naive = 10`\n\n"));
            let chapter: String = notes.collect();
            tied(&format!("{chapter}B.[^b]\n\n[^b]: `{last}`\n")).list().into_string()
        };
        let holds = many("unsafe blocks of naive = 0");
        assert!(holds.contains("<details id=\"statements\"><summary>"), "{holds}");
        let fails = many("lines of naive = 11");
        assert!(fails.contains("<details id=\"statements\" open><summary>"), "{fails}");
    }

    #[test]
    fn a_chapter_without_notes_or_figures_is_read_all_the_same() {
        let plain = tied("Prose.\n");
        assert_eq!(plain.prose, "Prose.\n");
        assert_eq!(plain.list().into_string() + &plain.count().into_string(), "");
        let unknown = Tied::new(CHAPTER, Err("nothing was measured"), &[]);
        assert!(unknown.prose.contains(">2</a>") && !unknown.prose.contains('✗'));
        let list = unknown.list().into_string();
        assert_eq!(list.matches("nothing was measured").count(), 4);
        let wrong = tied("A.[^a]\n\n[^a]: `naive wins`\n").list().into_string();
        assert!(wrong.contains("no statement begins with <code>naive</code>"), "{wrong}");
    }

    #[test]
    fn what_this_record_cannot_tell_another_may() {
        let record = record();
        let summary = CaseSummary::new(&record.cases["words"], &record.machine).unwrap();
        let today = today(&summary);
        let known: Told = Ok((&summary, &record.machine, &today));
        let other = Tied::new(CHAPTER, Err("other rungs"), &[("A", Err("no")), ("B", known)]);
        let list = plain(&other.list().into_string());
        let found = "other rungs; holds on B: optimized against naive: 4.00×";
        assert!(list.contains(found) && list.contains("does not hold on B"), "{list}");
        let own = Tied::new(CHAPTER, known, &[("B", known)]).list().into_string();
        assert!(!plain(&own).contains("on B: optimized"), "{own}");
    }
}
