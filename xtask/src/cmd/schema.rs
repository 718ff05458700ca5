//! `cargo xtask schema`: what a record looks like, generated from the types that write it.

use std::process::ExitCode;

use anyhow::Result;
use schemars::generate::SchemaSettings;
use serde_json::Value;

use crate::output;
use crate::record::Record;

/// Prints the JSON Schema of records.
///
/// # Errors
/// If standard output cannot be written to.
pub fn run() -> Result<ExitCode> {
    output::write(&format!("{:#}\n", schema()), None)?;
    Ok(ExitCode::SUCCESS)
}

/// The schema of what is written: `required` are the fields that every record has.
fn schema() -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    settings.into_generator().into_root_schema_for::<Record>().to_value()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;

    use serde_json::json;

    use super::*;
    use crate::export::tests::record;
    use crate::record::Pair;
    use crate::stats;
    use crate::workspace::Workspace;

    fn page(name: &str) -> String {
        let path = Workspace::load().unwrap().root.join("docs/src").join(name);
        fs::read_to_string(path).unwrap_or_default()
    }

    /// Compared as values: the order of keys depends on features that other crates ask of
    /// serde_json.
    #[test]
    fn the_committed_schema_is_that_of_the_types() {
        let committed: Option<Value> = serde_json::from_str(&page("record.schema.json")).ok();
        assert!(
            committed == Some(schema()),
            "docs/src/record.schema.json is out of date; make it again with \
             `cargo xtask schema > docs/src/record.schema.json`, and raise VERSION in \
             xtask/src/record.rs if older records can no longer be read"
        );
    }

    #[test]
    fn a_record_has_exactly_the_fields_of_the_schema() {
        let schema = schema();
        let keys = |value: &Value| -> BTreeSet<String> {
            value.as_object().unwrap().keys().cloned().collect()
        };
        let mut record = record();
        assert_eq!(
            keys(&serde_json::to_value(&record).unwrap()),
            keys(&schema["properties"]),
            "a record with everything has every field"
        );
        record.file = None;
        record.calibration = None;
        record.shards = None;
        let required: BTreeSet<String> =
            serde_json::from_value(schema["required"].clone()).unwrap();
        assert_eq!(
            keys(&serde_json::to_value(&record).unwrap()),
            required,
            "a record has the required fields at least"
        );
    }

    #[test]
    fn a_record_fits_the_schema_throughout() {
        let schema = schema();
        let whole = serde_json::to_value(record()).unwrap();
        assert_eq!(misfit(&schema, &schema, &whole), None);
        for (pointer, wrong) in [
            ("/version", json!(0)),
            ("/effort", json!("tiny")),
            ("/machine/read/0", json!([1.0])),
            ("/cases/words/scenarios/0/pairs/0/logs/0/0", json!("fast")),
            ("/cases/words/description/claims/0/expect", json!({"at_most": 2.0})),
        ] {
            let mut broken = whole.clone();
            *broken.pointer_mut(pointer).unwrap() = wrong;
            assert!(misfit(&schema, &schema, &broken).is_some(), "{pointer}");
        }
    }

    /// The worked example is computed as the book computes.
    #[test]
    fn the_worked_example_is_right() {
        let page = page("record.md");
        let (_, rest) = page.split_once("```json\n").unwrap();
        let pair: Pair = serde_json::from_str(rest.split_once("```").unwrap().0).unwrap();
        let log = stats::interval(&pair.log_ratios()).unwrap().mid;
        let answer = format!("e^{log:.4} = {:.2}", log.exp());
        assert!(page.contains(&answer), "the example's answer is {answer}");
    }

    /// The first part of a value that a schema does not allow. Knows the words that our schema
    /// uses; a validator would be a large dependency for one test.
    fn misfit(root: &Value, schema: &Value, value: &Value) -> Option<String> {
        let wrong = |what: &str| Some(format!("{what}: {value}"));
        if let Some(path) = schema["$ref"].as_str() {
            return misfit(root, root.pointer(&path[1..]).unwrap(), value);
        }
        if let Some(choices) = schema["anyOf"].as_array().or(schema["oneOf"].as_array()) {
            let fits = choices.iter().any(|choice| misfit(root, choice, value).is_none());
            return if fits { None } else { wrong("no alternative fits") };
        }
        if schema.get("const").is_some_and(|only| only != value) {
            return wrong("another constant");
        }
        if schema["enum"].as_array().is_some_and(|known| !known.contains(value)) {
            return wrong("an unknown word");
        }
        let types = match &schema["type"] {
            Value::Array(types) => types.clone(),
            one => vec![one.clone()],
        };
        if !types.iter().any(|name| name.is_null() || is_of(name.as_str(), value)) {
            return wrong("another type");
        }
        match value {
            Value::Array(items) => {
                let fixed = schema["prefixItems"].as_array();
                if fixed.is_some_and(|fixed| fixed.len() != items.len()) {
                    return wrong("another length");
                }
                let of = |at: usize| fixed.map_or(&schema["items"], |fixed| &fixed[at]);
                items.iter().enumerate().find_map(|(at, item)| misfit(root, of(at), item))
            }
            Value::Object(fields) => {
                let known = &schema["properties"];
                let required = schema["required"].as_array().into_iter().flatten();
                let missing =
                    required.filter_map(Value::as_str).find(|key| !fields.contains_key(*key));
                let of = |key: &String| known.get(key).or(schema.get("additionalProperties"));
                missing.map(|key| format!("`{key}` is missing")).or_else(|| {
                    fields.iter().find_map(|(key, field)| match of(key) {
                        Some(Value::Bool(false)) | None => Some(format!("`{key}` is unknown")),
                        Some(schema) => misfit(root, schema, field),
                    })
                })
            }
            _ => None,
        }
    }

    fn is_of(name: Option<&str>, value: &Value) -> bool {
        match name {
            Some("null") => value.is_null(),
            Some("boolean") => value.is_boolean(),
            Some("string") => value.is_string(),
            Some("integer") => value.is_i64() || value.is_u64(),
            Some("number") => value.is_number(),
            Some("array") => value.is_array(),
            Some("object") => value.is_object(),
            _ => false,
        }
    }
}
