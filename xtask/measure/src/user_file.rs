//! A file of the user's instead of seeded input: what of it is measured, and which cases can read
//! it.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use protocol::{Effort, Refusal, Understood, file_bytes, line_ends};

mod kind;

use crate::binary::{Binary, Failure};
use record::UserFile;

/// Finds the file, and counts the lines of what a run of this effort measures.
///
/// # Errors
/// If it is missing, no file, empty, not readable, or has a name that no record can keep.
pub fn open(path: &Path, effort: Effort) -> Result<(PathBuf, UserFile)> {
    let shown = path.display();
    let bytes = kind::length(path)?;
    // Links stay as they are: what they lead to may have a name that cannot be written down.
    let absolute = std::path::absolute(path).with_context(|| format!("cannot find {shown}"))?;
    if absolute.to_str().is_none() {
        bail!("the name of {shown} is not UTF-8; rename it, or name a link to it");
    }
    let mut text = Vec::new();
    // A little more: the last line that is measured may begin before the end and end behind it.
    let most = file_bytes(Effort::Full).min(2 * file_bytes(effort)) as u64;
    File::open(&absolute)
        .and_then(|file| file.take(most).read_to_end(&mut text))
        .with_context(|| format!("cannot read {shown}"))?;
    line_ends::unify(&mut text);
    if (text.len() as u64) < bytes {
        let end = text.iter().rposition(|&byte| byte == b'\n');
        text.truncate(end.map_or(text.len(), |end| end + 1));
    }
    let measured = measured(&text, file_bytes(effort));
    let name = absolute.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let file = UserFile {
        name,
        bytes,
        measured: measured.len() as u64,
        lines: lines(measured),
        refused: BTreeMap::new(),
    };
    Ok((absolute, file))
}

/// Whole lines, up to the end of the one that reaches the limit.
fn measured(text: &[u8], most: usize) -> &[u8] {
    let Some(rest) = text.get(most.saturating_sub(1)..) else { return text };
    let end = rest.iter().position(|&byte| byte == b'\n');
    end.map_or(text, |more| &text[..most.saturating_sub(1) + more + 1])
}

fn lines(text: &[u8]) -> u64 {
    let newlines = text.iter().filter(|&&byte| byte == b'\n').count();
    newlines as u64 + u64::from(text.last().is_some_and(|&byte| byte != b'\n'))
}

/// Keeps the cases that read the file, says of each how it understood it, and writes down why
/// others refuse it. Cases that read no
/// files at all are left out in silence, unless they were asked for by name.
///
/// # Errors
/// If no case is left, with what each of them says.
pub fn keep_readers<T: Named>(
    binaries: Vec<(T, Binary)>,
    file: &mut UserFile,
    by_name: bool,
) -> Result<Vec<(T, Binary)>> {
    let mut readers = Vec::new();
    for (case, binary) in binaries {
        match understood(&binary) {
            Ok(how) => {
                if let Some(how) = how {
                    record::errln!("{} reads {how}", case.name());
                }
                readers.push((case, binary));
            }
            Err(Objection::ToFiles) if !by_name => {}
            Err(Objection::ToFiles) => {
                let why = "it reads no files: its job works on neither text nor numbers";
                file.refused.insert(case.name().to_owned(), why.to_owned());
            }
            Err(Objection::ToThis(why)) => {
                file.refused.insert(case.name().to_owned(), why);
            }
        }
    }
    if readers.is_empty() {
        bail!("{}", nobody(file));
    }
    Ok(readers)
}

/// What has the name of a case.
pub trait Named {
    /// The name.
    fn name(&self) -> &str;
}

impl Named for &cases::Case {
    fn name(&self) -> &str {
        &self.name
    }
}

/// Why a case does not measure a file.
enum Objection {
    ToFiles,
    ToThis(String),
}

/// A binary that fails in another way stays in the run, which then says how it fails.
fn understood(binary: &Binary) -> Result<Option<Understood>, Objection> {
    let seeded = Binary { file: None, ..binary.clone() };
    if seeded.describe().is_ok_and(|description| !description.reads_files) {
        return Err(Objection::ToFiles);
    }
    match binary.describe() {
        Ok(description) => Ok(description.understood),
        Err(Failure::Refused(refusal @ Refusal::BadInput { .. })) => {
            Err(Objection::ToThis(refusal.to_string()))
        }
        Err(_) => Ok(None),
    }
}

/// The error of a run in which no case can read the file.
fn nobody(file: &UserFile) -> String {
    let mut text = format!("no chosen case can read {}", file.name);
    for (case, why) in &file.refused {
        text.push_str(&format!("\n  {case}: {why}"));
    }
    let advice = "docs/src/your-data.md says what each case reads";
    text.push_str(&format!("\n{advice}"));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_measured_ends_with_a_line() {
        let text = b"one\ntwo\nthree";
        assert_eq!(measured(text, 100), text);
        assert_eq!(measured(text, 13), text);
        assert_eq!(measured(text, 8), b"one\ntwo\n");
        assert_eq!(measured(text, 5), b"one\ntwo\n");
        assert_eq!(measured(text, 4), b"one\n");
        assert_eq!(measured(text, 9), text);
        assert_eq!([lines(text), lines(b"one\n"), lines(b"")], [3, 1, 0]);
    }

    #[test]
    fn files_that_are_none_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let refusal = |path: &Path| format!("{:#}", open(path, Effort::Quick).unwrap_err());
        assert!(refusal(folder.path()).contains("not a file"));
        assert!(refusal(&folder.path().join("none")).contains("there is no file"));
        let path = folder.path().join("words.txt");
        std::fs::write(&path, "").unwrap();
        assert!(refusal(&path).contains("is empty"));
        std::fs::write(&path, "a\rb").unwrap();
        let (_, file) = open(&path, Effort::Quick).unwrap();
        assert_eq!(
            (file.name.as_str(), file.bytes, file.measured, file.lines),
            ("words.txt", 3, 3, 2)
        );
    }

    #[test]
    fn an_error_repeats_what_each_case_said() {
        let refused = [("bitsets".to_owned(), "line 3: `x` is no number".to_owned())];
        let file =
            UserFile { name: "a.txt".into(), refused: refused.into(), ..UserFile::default() };
        assert!(nobody(&file).contains("read a.txt\n  bitsets: line 3: `x` is no number\n"));
    }

    impl Named for &str {
        fn name(&self) -> &str {
            self
        }
    }

    #[cfg(unix)]
    #[test]
    fn readers_stay_and_refusals_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        let binary = |name: &str, reads: bool, with_file: &str| {
            let description = serde_json::json!({
                "item": "line", "rungs": [{"name": "naive"}], "scenarios": [], "claims": [], "limit": null,
                "reads_files": reads,
            });
            let script =
                format!("if [ \"$1\" = --file ]; then {with_file}; fi\necho '{description}'");
            let binary = crate::stand_in::binary(folder.path(), name, &script);
            Binary { file: Some("file".into()), ..binary }
        };
        let refusal = r#"echo '{"bad_input":{"line":2,"message":"no"}}'; exit 3"#;
        let all = || {
            let reads = binary("reads", true, ":");
            let refuses = binary("refuses", true, refusal);
            vec![("reads", reads), ("refuses", refuses), ("seeded", binary("seeded", false, ":"))]
        };
        let mut file = UserFile::default();
        let kept = keep_readers(all(), &mut file, false).unwrap();
        assert_eq!(kept.iter().map(|(name, _)| *name).collect::<Vec<_>>(), ["reads"]);
        assert_eq!(file.refused, [("refuses".to_owned(), "line 2: no".to_owned())].into());
        keep_readers(all(), &mut file, true).unwrap();
        assert!(file.refused["seeded"].contains("reads no files"));
        let error = keep_readers(all().split_off(1), &mut UserFile::default(), false).unwrap_err();
        assert!(error.to_string().contains("refuses: line 2: no"));
    }
}
