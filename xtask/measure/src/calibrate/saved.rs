//! The calibration on disk: what `calibrate` found last, until `bench-all` puts it into a record.

use std::fs;

use anyhow::Result;
use serde::{Deserialize, Serialize};

use cases::Workspace;
use record::{Calibration, Check as _, Record, write_json};

const FORMAT: &str = "casebook-calibration";
const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
struct File {
    format: String,
    version: u32,
    calibration: Calibration,
}

/// What the latest `calibrate` found on this processor. A file that cannot be read is as none: it
/// is made anew by one command.
pub fn load(workspace: &Workspace, processor: &str) -> Option<Calibration> {
    parse(&fs::read_to_string(workspace.calibration()).ok()?, processor)
}

fn parse(text: &str, processor: &str) -> Option<Calibration> {
    let file: File = serde_json::from_str(text).ok()?;
    let known = file.format == FORMAT && file.version == VERSION;
    let sound = file.calibration.check().is_ok();
    // Without a name it could be any processor.
    let same = file.calibration.processor == processor && !processor.is_empty();
    (known && sound && same).then_some(file.calibration)
}

/// Saves it for the runs to come, and puts it into the latest run's record if that was made on the
/// same processor; whether it did.
///
/// # Errors
/// If a file cannot be written.
pub fn save(workspace: &Workspace, calibration: &Calibration) -> Result<bool> {
    write_json(&file(calibration), &workspace.calibration())?;
    let path = workspace.latest_record();
    let Ok(mut record) = Record::load(&path) else { return Ok(false) };
    if record.machine.processor != calibration.processor {
        return Ok(false);
    }
    record.calibration = Some(calibration.clone());
    record.save(&path)?;
    Ok(true)
}

fn file(calibration: &Calibration) -> File {
    File { format: FORMAT.to_owned(), version: VERSION, calibration: calibration.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_processors_calibration_is_read() {
        let calibration = record::fixture::record().calibration.unwrap();
        let text = serde_json::to_string(&file(&calibration)).unwrap();
        assert_eq!(parse(&text, &calibration.processor), Some(calibration.clone()));
        assert_eq!(parse(&text, "another"), None);
        assert_eq!(parse(&text[1..], &calibration.processor), None);
        let newer = text.replace("\"version\":1", "\"version\":2");
        assert_eq!(parse(&newer, &calibration.processor), None);
        let nameless = text.replace("Example, \\\"fast\\\" one", "");
        assert_eq!(parse(&nameless, ""), None);
    }
}
