//! Holds the committed JSON Schema to the types that write records, so that it cannot lie.

use std::collections::BTreeSet;
use std::fs;

use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

use crate::Record;
use crate::fixture::record;

const COMMITTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/src/record.schema.json");

/// The schema of what is written: `required` are the fields that every record has.
fn schema() -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    settings.into_generator().into_root_schema_for::<Record>().to_value()
}

/// Compared as values: the order of keys depends on features that other crates ask of serde_json.
#[test]
fn the_committed_schema_is_that_of_the_types() {
    if std::env::var_os("CASEBOOK_WRITE_SCHEMA").is_some() {
        fs::write(COMMITTED, format!("{:#}\n", schema())).unwrap();
    }
    let committed: Option<Value> =
        serde_json::from_str(&fs::read_to_string(COMMITTED).unwrap_or_default()).ok();
    assert!(
        committed == Some(schema()),
        "docs/src/record.schema.json is out of date; make it again with `CASEBOOK_WRITE_SCHEMA=1 \
         cargo test -p record schema`, and raise VERSION in xtask/record/src/record.rs if older \
         records can no longer be read"
    );
}

#[test]
fn a_record_has_exactly_the_fields_of_the_schema() {
    let schema = schema();
    let keys = |value: &Value| -> BTreeSet<String> {
        value.as_object().unwrap().keys().cloned().collect()
    };
    let mut record = record();
    record.again.insert("words".into(), crate::Run { started: 1, commit: None });
    assert_eq!(
        keys(&serde_json::to_value(&record).unwrap()),
        keys(&schema["properties"]),
        "a record with everything has every field"
    );
    record.file = None;
    record.calibration = None;
    record.shards = None;
    record.again.clear();
    let required: BTreeSet<String> = serde_json::from_value(schema["required"].clone()).unwrap();
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
            let missing = required.filter_map(Value::as_str).find(|key| !fields.contains_key(*key));
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
