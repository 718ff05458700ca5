//! The card: what is known of every case on one page. From what a reader sees to what helps, what
//! that gained, where it loses, and how it stands against the crate that a professional would pick.

use std::collections::BTreeMap;

use anyhow::Result;
use protocol::Expect;
use serde::Serialize;

use crate::export::{json, short};
use crate::stats::{PAYS, Verdict};
use crate::summary::{CaseSummary, Compared, Outcome, ScenarioSummary, Summaries};
use crate::words::{format, marks, scenario};
use record::Record;

/// Goes up when a field of the JSON is removed, or changes its name or meaning.
const VERSION: u32 = 1;

/// What a case says of itself, which no record holds.
pub struct Subject {
    /// Its name, by which records know it.
    pub case: String,
    /// The title of its chapter.
    pub title: String,
    /// What a reader sees who needs it.
    pub symptom: String,
    /// What to look at then.
    pub look: String,
    /// The crate behind the peer rung.
    pub peer: String,
    /// What each rung does, in a sentence.
    pub ideas: BTreeMap<String, String>,
}

impl Subject {
    /// What a rung does, if its file says so.
    fn idea(&self, rung: &str) -> Option<&str> {
        self.ideas.get(rung).map(String::as_str).filter(|idea| !idea.is_empty())
    }
}

/// All rows, and where their figures come from.
#[derive(Debug, Serialize)]
pub struct Card<'a> {
    format: &'static str,
    version: u32,
    /// What all intervals hold, in per cent.
    interval: u32,
    machine: Machine<'a>,
    /// A row for each case, in the order in which they were given.
    pub rows: Vec<Row<'a>>,
}

/// Where the figures come from.
#[derive(Debug, Serialize)]
struct Machine<'a> {
    processor: &'a str,
    cores: usize,
    system: &'a str,
    rustc: &'a str,
    flags: &'a str,
    commit: Option<String>,
    effort: String,
    date: String,
}

/// A case.
#[derive(Debug, Serialize)]
pub struct Row<'a> {
    /// Its name.
    pub case: &'a str,
    /// The title of its chapter.
    pub title: &'a str,
    /// What a reader sees who needs it.
    pub symptom: &'a str,
    /// What to look at then.
    pub look_at: &'a str,
    /// What the rung does that stands for the case, if anything was measured.
    #[serde(rename = "do")]
    pub idea: Option<&'a str>,
    /// That rung: the fastest of ours at the headline.
    pub rung: Option<&'a str>,
    /// Its gain over naive.
    pub gain: Option<Figure>,
    /// Where it is slower than naive, or does not pay: the worst first. Where it does neither, at
    /// which scenarios that is undecided.
    pub loses: Vec<Figure>,
    /// The crate that a professional would pick.
    #[serde(rename = "crate")]
    pub peer: &'a str,
    /// The rung against that crate.
    pub against_crate: Option<Figure>,
}

/// A ratio with all that it takes to be understood, but for the machine.
#[derive(Debug, PartialEq, Serialize)]
pub struct Figure {
    /// Time of the base over time of the rung: above 1 is faster.
    pub ratio: f64,
    /// The lower end of its interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// "faster", "slower", "does not pay" or "undecided".
    pub verdict: &'static str,
    /// What the rung is held against.
    pub over: String,
    /// The scenario.
    pub at: String,
    /// "5.5× \[5.4, 5.6\] faster".
    pub says: String,
}

impl<'a> Card<'a> {
    /// The card of these cases, as far as a record has figures of them, which say so much.
    pub fn new(record: &'a Record, figures: &Summaries<'a>, subjects: &'a [Subject]) -> Self {
        let machine = Machine {
            processor: &record.machine.processor,
            cores: record.machine.cores,
            system: &record.machine.system,
            rustc: &record.toolchain.rustc,
            flags: &record.toolchain.flags,
            commit: record.commit.as_ref().map(|_| record.commits()),
            effort: record.effort.to_string(),
            date: record.date(),
        };
        let row = |subject: &'a Subject| Row::new(subject, figures.get(subject.case.as_str()));
        let rows = subjects.iter().map(row).collect();
        Self { format: "casebook-card", version: VERSION, interval: 95, machine, rows }
    }

    /// As JSON.
    ///
    /// # Errors
    /// If it cannot be written so.
    pub fn json(&self) -> Result<String> {
        json(self)
    }

    /// As a page of Markdown.
    pub fn markdown(&self) -> String {
        let Machine { processor, cores, system, rustc, flags, commit, effort, date } =
            &self.machine;
        let flags = if flags.is_empty() { "default flags" } else { flags };
        let cores = format!("{cores} {}", format::plural("core", *cores));
        let commit = format!("commit {}", commit.as_deref().unwrap_or("unknown"));
        let made: [&str; 7] = [processor, &cores, system, rustc, flags, &commit, date];
        let said = made.iter().filter(|part| !part.is_empty()).map(|part| marks::text(part));
        let made = said.collect::<Vec<_>>().join(" · ");
        let rows: Vec<Vec<String>> = self.rows.iter().map(Row::cells).collect();
        format!(
            "# What to do about it\n\n{READ}\n\nMeasured on {made}, {effort} run.\n\n{}\n",
            marks::table(&TITLES.map(str::to_owned), &rows)
        )
    }
}

/// How a card is read, wherever it stands.
pub const READ: &str = "Ratios are against honest, idiomatic code; above 1 is faster. In brackets \
                        are 95 % intervals. All of it is true of the machine that it was measured \
                        on, at the sizes that are named.";
/// What the columns of a card are called.
pub const TITLES: [&str; 6] =
    ["what you see", "look at", "do", "gain here", "loses when", "ours, against the crate"];

impl<'a> Row<'a> {
    fn new(subject: &'a Subject, summary: Option<&CaseSummary<'a>>) -> Self {
        let best = summary.and_then(|summary| Some((summary, summary.best()?)));
        let rung = best.map(|(summary, best)| summary.rungs[best]);
        let headline =
            |summary: &CaseSummary| scenario::long(summary, &summary.headline().record.scenario);
        let gain = best.and_then(|(summary, best)| {
            let found = summary.headline().compared(0, best)?;
            Some(Figure::new(found, "naive", headline(summary)))
        });
        let against_crate = best.and_then(|(summary, _)| {
            Some(Figure::new(summary.best_against_peer()?, &subject.peer, headline(summary)))
        });
        Self {
            case: &subject.case,
            title: &subject.title,
            symptom: &subject.symptom,
            look_at: &subject.look,
            idea: rung.and_then(|rung| subject.idea(rung)),
            rung,
            gain,
            loses: best.map_or_else(Vec::new, |(summary, best)| loses(summary, best)),
            peer: &subject.peer,
            against_crate,
        }
    }

    /// Where it loses, in words: the worst place, and of how many.
    pub fn loses_when(&self) -> String {
        let Some(worst) = self.loses.first() else {
            return if self.gain.is_some() { NOWHERE.to_owned() } else { String::new() };
        };
        let than = match &*worst.over {
            "naive" => String::new(),
            over => format!(" over {over}"),
        };
        let first = if worst.verdict == UNDECIDED { "nowhere for certain; " } else { "" };
        let more = match self.loses.len() - 1 {
            0 => String::new(),
            more => format!("; and {more} more {}", format::plural("place", more)),
        };
        format!("{first}{}: {}{than}{more}", worst.at, worst.says)
    }

    /// Of a table of Markdown.
    fn cells(&self) -> Vec<String> {
        let figure = |figure: &Option<Figure>| match figure {
            Some(figure) => figure.says.clone(),
            None => NOT_MEASURED.to_owned(),
        };
        let at = self.gain.as_ref().map_or_else(String::new, |gain| format!(", {}", gain.at));
        let idea = self.idea.map_or_else(String::new, |idea| format!(": {idea}"));
        vec![
            self.symptom.to_owned(),
            self.look_at.to_owned(),
            format!("**{}**{idea}", marks::text(self.title)),
            marks::text(&format!("{}{at}", figure(&self.gain))),
            marks::text(&self.loses_when()),
            marks::text(&format!("{}: {}", self.peer, figure(&self.against_crate))),
        ]
    }
}

/// What stands in the place of a figure that a record does not have.
pub const NOT_MEASURED: &str = "not measured here";
const NOWHERE: &str = "nowhere that was measured";
const SLOWER: &str = "slower";
const DOES_NOT_PAY: &str = "does not pay";
const UNDECIDED: &str = "undecided";

impl Figure {
    fn new(found: Compared, over: &str, at: String) -> Self {
        Self::with_word(found, format::word(found.verdict), over, at)
    }

    fn with_word(found: Compared, verdict: &'static str, over: &str, at: String) -> Self {
        let [ratio, low, high] = [found.ratio.mid, found.ratio.low, found.ratio.high].map(short);
        let says = format!("{} {verdict}", format::with_interval(found.ratio));
        Self { ratio, low, high, verdict, over: over.to_owned(), at, says }
    }
}

/// Where a rung is slower than naive, then where it does not pay, and where the case claims that it
/// does not pay over another rung, and is right. If there is none, where that is undecided.
fn loses(summary: &CaseSummary, rung: usize) -> Vec<Figure> {
    let figure = |scenario: &ScenarioSummary| {
        let found = scenario.compared(0, rung)?;
        let word = match found.verdict {
            Verdict::Slower => SLOWER,
            _ if scenario.believable && found.ratio.high <= PAYS => DOES_NOT_PAY,
            Verdict::CannotTell => UNDECIDED,
            Verdict::Faster => return None,
        };
        let at = scenario::long(summary, &scenario.record.scenario);
        Some(Figure::with_word(found, word, "naive", at))
    };
    let mut figures: Vec<Figure> = summary.scenarios.iter().filter_map(figure).collect();
    let rank = |figure: &Figure| [SLOWER, DOES_NOT_PAY].iter().position(|it| *it == figure.verdict);
    figures.sort_by(|a, b| rank(a).cmp(&rank(b)).then(a.ratio.total_cmp(&b.ratio)));
    let (certain, open): (Vec<Figure>, Vec<Figure>) =
        figures.into_iter().partition(|figure| figure.verdict != UNDECIDED);
    let claimed = claimed(summary, rung)
        .map(|(found, over, at)| Figure::with_word(found, DOES_NOT_PAY, over, at));
    let certain: Vec<Figure> = certain.into_iter().chain(claimed).collect();
    if certain.is_empty() { open } else { certain }
}

/// Claims, borne out by the run, that a rung does not pay over another one than naive.
fn claimed<'s>(
    summary: &'s CaseSummary,
    rung: usize,
) -> impl Iterator<Item = (Compared, &'s str, String)> {
    summary.claims.iter().filter_map(move |(claim, outcome)| {
        let about = claim.rung == summary.rungs[rung] && claim.expect == Expect::DoesNotPay;
        let over = claim.over.as_deref().filter(|_| about && *outcome == Outcome::Held)?;
        let found = summary.claimed(claim)?.compared?;
        Some((found, over, scenario::of_claim(summary, claim)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::summary::summaries;
    use record::fixture::record;
    use record::{CaseRecord, Pair};
    use serde_json::Value;

    fn subject() -> Subject {
        Subject {
            case: "words".into(),
            title: "Words".into(),
            symptom: "`split` in a profile".into(),
            look: "their lengths".into(),
            peer: "memchr".into(),
            ideas: BTreeMap::from([("optimized".into(), "Sixteen at a time.".into())]),
        }
    }

    /// The shared record, whose case was measured at these sizes, with ratios to naive in
    /// ten-thousandths of their logarithm in three processes, all alike or apart by so much.
    fn measured(sizes: &[(usize, i32, i32)]) -> Record {
        let mut record = record();
        let case = record.cases.get_mut("words").unwrap();
        let scenario = case.scenarios.pop().unwrap();
        for (n, log, apart) in sizes {
            let mut scenario = scenario.clone();
            scenario.scenario.n = *n;
            let logs = [-apart, 0, *apart].map(|by| vec![log + by; 5]);
            scenario.pairs[1].logs = logs.to_vec();
            scenario.times.iter_mut().for_each(|times| {
                times[2] = times[0] / (f64::from(*log) * 1e-4).exp();
            });
            case.scenarios.push(scenario);
        }
        record
    }

    fn row(record: &Record) -> Vec<String> {
        Card::new(record, &summaries(record), &[subject()]).rows[0].cells()
    }

    #[test]
    fn a_row_says_what_helps_what_it_gains_and_where_it_loses() {
        let cells = row(&measured(&[(1_000, 13_863, 0), (10, -6_931, 0), (20, 100, 0)]));
        assert_eq!(cells[..2], ["`split` in a profile", "their lengths"]);
        assert_eq!(cells[2], "**Words**: Sixteen at a time.");
        assert_eq!(cells[3], "4.00× [3.99, 4.01] faster, 1,000 words, short, mixed");
        let worst = "10 words, short, mixed: 0.500× [0.499, 0.501] slower; and 1 more place";
        assert_eq!(cells[4], worst);
        assert_eq!(cells[5], "memchr: not measured here");
    }

    #[test]
    fn a_gain_too_small_to_pay_is_no_win_and_doubt_is_no_loss() {
        let loses = |sizes: &[(usize, i32, i32)]| row(&measured(sizes)).swap_remove(4);
        let (clear, little, open) = ((1_000, 13_863, 0), (20, 300, 0), (30, 100, 4_000));
        assert_eq!(loses(&[clear]), "nowhere that was measured");
        let pays = loses(&[clear, little, open]);
        assert!(pays.starts_with("20 words, short, mixed: 1.03× ["), "{pays}");
        assert!(pays.ends_with("] does not pay"), "what is open is not counted: {pays}");
        let doubt = loses(&[clear, open]);
        assert!(doubt.starts_with("nowhere for certain; 30 words, short, mixed: 1.01×"), "{doubt}");
        assert!(doubt.ends_with("] undecided"), "{doubt}");
        // Of what neighbours disturbed, nothing is certain.
        let mut busy = measured(&[clear, little]);
        busy.cases.get_mut("words").unwrap().scenarios[1].quiet = 0.0;
        assert!(row(&busy)[4].starts_with("nowhere for certain; 20 words"), "{:?}", row(&busy));
    }

    #[test]
    fn a_claim_that_it_does_not_pay_over_another_rung_counts_if_it_held() {
        let with = |log: f64| {
            let mut record = measured(&[(1_000, 13_863, 0)]);
            let case: &mut CaseRecord = record.cases.get_mut("words").unwrap();
            let scenario = &mut case.scenarios[0];
            scenario.times.iter_mut().for_each(|times| times[1] = 25.0 * log.exp());
            scenario.pairs.push(Pair::new(0, 1, &vec![vec![4.0_f64.ln() - log; 5]; 3]));
            scenario.pairs.push(Pair::new(1, 2, &vec![vec![log; 5]; 3]));
            row(&record).swap_remove(4)
        };
        let held = with(0.0);
        assert!(held.starts_with("1,000 words, short, mixed: 1.00× ["), "{held}");
        assert!(held.ends_with("] does not pay over wide"), "{held}");
        assert_eq!(with(0.5), "nowhere that was measured");
    }

    #[test]
    fn every_figure_of_the_json_has_its_interval_and_all_of_it_its_machine() {
        let record = measured(&[(1_000, 13_863, 0), (10, -6_931, 0)]);
        let json = Card::new(&record, &summaries(&record), &[subject()]).json().unwrap();
        let card: Value = serde_json::from_str(&json).unwrap();
        assert_eq!((&card["format"], &card["interval"]), (&"casebook-card".into(), &95.into()));
        assert_eq!(card["machine"]["processor"], "Example, \"fast\" one");
        let row = &card["rows"][0];
        assert_eq!((&row["do"], &row["rung"]), (&"Sixteen at a time.".into(), &"optimized".into()));
        assert_eq!((&row["crate"], &row["against_crate"]), (&"memchr".into(), &Value::Null));
        for figure in [&row["gain"], &row["loses"][0]] {
            let [low, ratio, high] =
                ["low", "ratio", "high"].map(|of| figure[of].as_f64().unwrap());
            assert!(low < ratio && ratio < high, "{figure}");
            assert!(figure["at"].is_string() && figure["over"] == "naive", "{figure}");
        }
        assert_eq!(row["loses"][0]["verdict"], "slower");
    }

    #[test]
    fn what_was_not_measured_has_a_row_without_figures_and_words_of_a_record_are_text() {
        let mut record = record();
        record.machine.processor = "<b>[x](y)|\n\n# z".into();
        record.cases.clear();
        let page = Card::new(&record, &summaries(&record), &[subject()]).markdown();
        let row = "| `split` in a profile | their lengths | **Words** | not measured here |  | \
                   memchr: not measured here |";
        assert!(page.ends_with(&format!("{row}\n")), "{page}");
        assert!(page.contains("Measured on \\<b>[x]\\(y)\\|  # z · 2 cores · "), "{page}");
    }
}
