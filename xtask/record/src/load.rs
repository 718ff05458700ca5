//! A record from a file that may be anybody's: read as far as a record may reach, held against all
//! that must hold of one, and refused in a sentence.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow, bail, ensure};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::error::Category;

use crate::check::{Check, Fault, shown};
use crate::record::{FORMAT, VERSION};
use crate::{Record, errln};

/// Bytes of a record: dozens of the largest that a run can make.
const MOST: u64 = 64 << 20;
const ADVICE: &str = "measure again with `cargo xtask bench-all`, or name another record";

/// What every version of a record says first of all.
#[derive(Deserialize)]
struct Head {
    #[serde(default)]
    format: Value,
    #[serde(default)]
    version: Value,
}

impl Record {
    /// Reads a record.
    ///
    /// # Errors
    /// Names the file and what to do if it is missing, truncated, foreign, of another version, or
    /// holds what no record may.
    pub fn load(path: &Path) -> Result<Self> {
        let name = path.display();
        let text = text(path).with_context(|| format!("cannot read the record {name}"))?;
        Self::read(&text).with_context(|| format!("{name} cannot be used"))
    }

    /// The record that a text is.
    ///
    /// # Errors
    /// Says what to do if it is none, of another version, or holds what no record may.
    pub fn read(text: &str) -> Result<Self> {
        let head: Head = serde_json::from_str(text).or_else(|error| match error.classify() {
            Category::Eof => bail!("it is not whole JSON, but truncated; {ADVICE}"),
            Category::Syntax | Category::Io => bail!("it is no JSON: {error}; {ADVICE}"),
            Category::Data => bail!("it is JSON, but not a Casebook record; {ADVICE}"),
        })?;
        ensure!(head.format == FORMAT, "it is JSON, but not a Casebook record; {ADVICE}");
        match head.version.as_u64() {
            Some(version) if version == u64::from(VERSION) => {}
            Some(version) if version > u64::from(VERSION) => bail!(
                "it has schema version {version}, and this xtask reads {VERSION}: update Casebook \
                 to read it"
            ),
            _ => bail!(
                "it has schema version {}, which this xtask cannot read; {ADVICE}",
                shown(&head.version.to_string())
            ),
        }
        let record: Result<Self, Fault> =
            parsed_as(text).and_then(|record: Self| record.check().map(|()| record));
        let record = record.map_err(|fault| anyhow!("{fault}; {ADVICE}"))?;
        ensure!(!record.cases.is_empty(), "it holds no case; {ADVICE}");
        Ok(record)
    }

    /// All of these that can be read; one that cannot is no reason to have no book.
    pub fn load_all(paths: &[PathBuf]) -> Vec<Self> {
        let load = |path: &PathBuf| match Self::load(path) {
            Ok(record) => Some(record),
            Err(error) => {
                errln!("left out: {error:#}");
                None
            }
        };
        paths.iter().filter_map(load).collect()
    }
}

/// What a smaller kind of record says it is: one that a single command makes.
pub(crate) struct Kind {
    pub format: &'static str,
    /// The version written, and the only one read.
    pub version: u32,
    /// What it is a record of.
    pub what: &'static str,
    /// What to do if a file is none.
    pub advice: &'static str,
}

impl Kind {
    /// Reads one.
    pub fn load<T: DeserializeOwned + Check>(&self, path: &Path) -> Result<T> {
        let name = path.display();
        let text = text(path).with_context(|| format!("cannot read {name}"))?;
        self.read(&text).with_context(|| format!("{name} cannot be used"))
    }

    /// What a text is.
    pub fn read<T: DeserializeOwned + Check>(&self, text: &str) -> Result<T> {
        let Self { format, version, what, advice } = self;
        let with_advice = |fault: Fault| anyhow!("{fault}; {advice}");
        let head: Head = parsed_as(text).map_err(with_advice)?;
        ensure!(head.format == *format, "it is no record of {what}; {advice}");
        ensure!(
            head.version == *version,
            "it has version {}, and this xtask reads {version}; {advice}",
            shown(&head.version.to_string())
        );
        let parsed: T = parsed_as(text).map_err(with_advice)?;
        parsed.check().map_err(with_advice)?;
        Ok(parsed)
    }
}

/// A file as text, if it is no larger than a record.
pub(crate) fn text(path: &Path) -> Result<String> {
    ensure!(!path.is_dir(), "it is a folder"); // Windows does not even open one
    let file = File::open(path)?;
    let mut bytes = Vec::new();
    // Read and not asked: a pipe has no size.
    file.take(MOST + 1).read_to_end(&mut bytes)?;
    ensure!(bytes.len() as u64 <= MOST, "it has more than {} MiB, as no record has", MOST >> 20);
    String::from_utf8(bytes).map_err(|_| anyhow!("it is no text; {ADVICE}"))
}

/// What a text holds, if all of it is as its type says.
pub(crate) fn parsed_as<T: DeserializeOwned>(text: &str) -> Result<T, Fault> {
    let mut input = serde_json::Deserializer::from_str(text);
    let parsed = serde_path_to_error::deserialize(&mut input);
    parsed.map_err(|error| Fault::new(error.inner().to_string()).within(&error.path().to_string()))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::fixture::record;

    /// What a file of this content is refused with; of a length that a person reads.
    fn refusal(content: &[u8]) -> String {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), content).unwrap();
        let error = format!("{:#}", Record::load(file.path()).unwrap_err());
        let (name, rest) = error.split_once(" cannot be used: ").unwrap_or(("", &error));
        assert!(error.contains(&file.path().display().to_string()), "{name}: {error}");
        assert!(rest.chars().count() < 300 && !rest.contains(char::is_control), "{rest}");
        error
    }

    fn whole() -> String {
        serde_json::to_string(&record()).unwrap()
    }

    #[test]
    fn what_is_no_record_is_refused_with_what_it_is() {
        let whole = whole();
        let other = |from: &str, to: &str| {
            assert!(whole.contains(from), "{from}");
            whole.replacen(from, to, 1)
        };
        let version = "\"version\":1";
        let deep = format!("{}{}", "[".repeat(1_000_000), "]".repeat(1_000_000));
        for (content, says) in [
            (String::new(), "truncated"),
            (whole[..whole.len() / 2].to_owned(), "truncated"),
            (format!("{whole}]"), "no JSON"),
            ("# A record".to_owned(), "no JSON"),
            ("[1, 2]".to_owned(), "not a Casebook record"),
            (r#"{"name": "other"}"#.to_owned(), "not a Casebook record"),
            (other(version, "\"version\":2"), "update Casebook"),
            (other(version, "\"version\":0"), "schema version 0"),
            (other(version, "\"version\":\"1\""), "schema version \"1\""),
            (other(version, &format!("\"version\":\"{}\"", "1".repeat(100_000))), "1111…"),
            (other(&format!("{version},"), ""), "schema version null"),
            (deep.clone(), "recursion limit"),
            (format!("{{\"format\":{deep}}}"), "recursion limit"),
            (other("\"cases\":{", &format!("\"cases\":{deep},\"x\":{{")), "cases: invalid type"),
            (other("\"cases\":{", "\"cases\":{\"words\":7,"), "cases.words: invalid type"),
        ] {
            let refusal = refusal(content.as_bytes());
            assert!(refusal.contains(says), "{says} is not in {refusal}");
        }
        assert!(refusal(b"\xff\xfe{\0}\0").contains("no text"));
    }

    #[test]
    fn no_name_stands_twice() {
        let whole = whole();
        let (before, case) = whole.split_once("\"cases\":{").unwrap();
        let case = case.strip_suffix("}}").unwrap();
        let twice = format!("{before}\"cases\":{{{case},{case}}}}}");
        assert!(refusal(twice.as_bytes()).contains("`words` is there twice"));
        let twice = whole.replacen("\"started\":", "\"started\":1,\"started\":", 1);
        assert!(refusal(twice.as_bytes()).contains("duplicate field `started`"));
    }

    #[test]
    fn a_record_without_cases_is_none() {
        let mut record = record();
        record.cases.clear();
        let text = serde_json::to_string(&record).unwrap();
        assert!(refusal(text.as_bytes()).contains("no case"));
    }

    #[test]
    fn what_is_no_file_of_a_record_s_size_is_not_read_to_its_end() {
        let missing = Record::load(Path::new("/nowhere/record.json")).unwrap_err();
        assert!(missing.to_string().contains("/nowhere/record.json"));
        let folder = tempfile::tempdir().unwrap();
        let refused = |path: &Path| format!("{:#}", Record::load(path).unwrap_err());
        assert!(refused(folder.path()).contains("a folder"));
        let huge = folder.path().join("huge.json");
        fs::File::create(&huge).unwrap().set_len(1 << 40).unwrap();
        assert!(refused(&huge).contains("more than 64 MiB"));
    }

    #[test]
    fn of_many_records_those_that_can_be_read_are_loaded_in_order() {
        let folder = tempfile::tempdir().unwrap();
        let paths = ["a.json", "torn.json", "none.json", "b.json"].map(|it| folder.path().join(it));
        for (path, started) in [(&paths[0], 7), (&paths[3], 3)] {
            Record { started, ..record() }.save(path).unwrap();
        }
        fs::write(&paths[1], "{").unwrap();
        let loaded = Record::load_all(&paths);
        assert_eq!(loaded.iter().map(|record| record.started).collect::<Vec<_>>(), [7, 3]);
        assert!(Record::load_all(&[]).is_empty());
    }
}
