//! Sentences that everybody repeats, each with what the records say of it.

use anyhow::{Context as _, Result};
use cases::Workspace;
use cases::text::read;
use judge::circulating::{Evidence, Settled, Settles, settled};
use judge::statement::Outcome;
use maud::{Markup, html};
use serde::Deserialize;

use crate::html::Column::Words;
use crate::html::{said, table};
use crate::markdown::Markdown;

/// The file with the sentences.
const FILE: &str = "docs/src/circulating.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    claim: Vec<Claim>,
}

/// A sentence as the file has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Claim {
    sentence: String,
    source: String,
    /// What settles it.
    #[serde(default)]
    holds: Vec<String>,
    /// Why no record can.
    unmeasured: Option<String>,
    /// What a reader should know of how it is settled.
    note: Option<String>,
}

/// A sentence, and all that settles it.
pub struct Sentence {
    claim: Claim,
    settles: Vec<Settles>,
}

/// Reads all of them.
///
/// # Errors
/// If one says something that is not understood, or neither what settles it nor why nothing does.
pub fn load(workspace: &Workspace) -> Result<Vec<Sentence>> {
    let text = read(&workspace.root.join(FILE)).with_context(|| format!("{FILE} is missing"))?;
    let file: File = toml::from_str(&text).with_context(|| format!("{FILE} cannot be used"))?;
    let sentence = |claim: Claim| {
        let settles: Result<Vec<Settles>, String> =
            claim.holds.iter().map(|text| text.parse()).collect();
        let settles = settles.map_err(anyhow::Error::msg);
        let settles = settles.with_context(|| format!("{FILE}: «{}»", claim.sentence))?;
        anyhow::ensure!(
            settles.is_empty() == claim.unmeasured.is_some(),
            "{FILE}: «{}»: either `holds` or `unmeasured`",
            claim.sentence
        );
        Ok(Sentence { claim, settles })
    };
    file.claim.into_iter().map(sentence).collect()
}

/// All of them, judged.
pub fn section(sentences: &[Sentence], evidence: &Evidence) -> Markdown {
    let mut section = Markdown::default();
    let columns = [Words("it is said"), Words("by"), Words("found here"), Words("so")];
    section.block(&table(columns, sentences.iter().map(|sentence| row(sentence, evidence))));
    section
}

fn row(Sentence { claim, settles }: &Sentence, evidence: &Evidence) -> [Markup; 4] {
    let outcomes: Vec<Outcome> = settles.iter().map(|one| one.judge(evidence)).collect();
    let found = html! {
        @for (text, outcome) in claim.holds.iter().zip(&outcomes) {
            @let (Outcome::Holds(what) | Outcome::Fails(what) | Outcome::Cannot(what)) = outcome;
            p { code { (text) } ": " (what) }
        }
        @if let Some(why) = &claim.unmeasured { p { "Not measured, because " (said(why)) "." } }
        @if let Some(note) = &claim.note { p.small { (said(note)) } }
    };
    let (class, words) = match settled(&outcomes) {
        _ if claim.unmeasured.is_some() => ("cannot-tell", "not measured"),
        Settled::Holds => ("faster", "holds here"),
        Settled::InPart => ("cannot-tell", "holds in part"),
        Settled::Fails => ("slower", "does not hold here"),
        Settled::Open => ("cannot-tell", "cannot be told here"),
    };
    [
        html! { (said(&claim.sentence)) },
        html! { (said(&claim.source)) },
        found,
        html! { span class=(class) { (words) } },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::tests::plain;
    use judge::builds::ProgramSummary;
    use record::fixture::builds;

    fn sentence(text: &str) -> Result<Sentence> {
        let folder = tempfile::tempdir()?;
        std::fs::create_dir_all(folder.path().join("docs/src"))?;
        std::fs::write(folder.path().join(FILE), format!("[[claim]]\n{text}"))?;
        let root = folder.path().to_owned();
        let all = load(&Workspace { target: root.clone(), root, cases: Vec::new() })?;
        all.into_iter().next().context("there is one")
    }

    #[test]
    fn every_sentence_of_the_book_is_understood_and_speaks_of_what_there_is() {
        let workspace = Workspace::load().unwrap();
        let all = load(&workspace).unwrap();
        assert!(all.len() > 15);
        for settles in all.iter().flat_map(|sentence| &sentence.settles) {
            if let Settles::Case(name, _) = settles {
                assert!(workspace.cases.iter().any(|case| case.name == *name), "{name}");
            }
        }
    }

    #[test]
    fn a_sentence_has_its_verdict_from_the_record() {
        let builds = builds();
        let rules = ProgramSummary::of(&builds.programs[0]);
        let evidence = Evidence { rules: Some(&rules), cases: None };
        let page = |holds: &str| {
            let text = format!("sentence = \"`x` <b>\"\nsource = \"me\"\n{holds}\n");
            section(&[sentence(&text).unwrap()], &evidence).to_string()
        };
        let both = page("holds = [\"build fat ahead of release\", \"build file of fat < 0.5\"]");
        assert!(both.contains("<code>x</code> &lt;b&gt;") && both.contains("in part"), "{both}");
        assert!(page("holds = [\"build fat ahead of release\"]").contains("holds here"));
        assert!(page("holds = [\"build small ahead of release\"]").contains("does not hold"));
        assert!(page("holds = [\"build bolt ahead of fat\"]").contains("BOLT is not here"));
        let not = plain(&page("unmeasured = \"nobody can\""));
        assert!(not.contains("Not measured, because nobody can.") && not.contains("not measured"));
    }

    #[test]
    fn what_is_not_understood_is_an_error_that_names_its_sentence() {
        for holds in ["holds = [\"fat is fast\"]", "", "holds = []\nother = 1"] {
            let text = format!("sentence = \"so\"\nsource = \"me\"\n{holds}\n");
            let error = format!("{:#}", sentence(&text).err().unwrap());
            assert!(error.contains("«so»") || error.contains("cannot be used"), "{error}");
        }
    }
}
