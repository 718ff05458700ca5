//! A state machine over the bytes that builds a `Vec` of owned fields for each record.

use std::collections::HashMap;
use std::mem::take;

use crate::export::{Export, Report, Totals, number};

/// Rows and sum of values for each key.
pub fn sums(export: &Export) -> Report {
    let mut groups: HashMap<Vec<u8>, Totals> = HashMap::new();
    let mut skipped = 0;
    for mut record in Records::new(&export.text, export.separator) {
        match record.get(export.value).and_then(|field| number(field)) {
            Some(value) if export.key < record.len() => {
                groups.entry(record.swap_remove(export.key)).or_default().add(value);
            }
            _ => skipped += 1,
        }
    }
    Report::new(groups, skipped)
}

pub(crate) struct Records<'a> {
    bytes: std::slice::Iter<'a, u8>,
    separator: u8,
}

impl<'a> Records<'a> {
    pub(crate) fn new(text: &'a [u8], separator: u8) -> Self {
        Self { bytes: text.iter(), separator }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    FieldStart,
    Plain,
    Quoted,
    /// After a quote inside quotes, which closes them unless another follows.
    Quote,
}

impl Iterator for Records<'_> {
    type Item = Vec<Vec<u8>>;

    fn next(&mut self) -> Option<Vec<Vec<u8>>> {
        let mut record = Vec::new();
        let mut field = Vec::new();
        let mut state = State::FieldStart;
        for &byte in self.bytes.by_ref() {
            state = match (state, byte) {
                (State::FieldStart, b'"') => State::Quoted,
                (State::Quoted, b'"') => State::Quote,
                (State::Quoted, _) | (State::Quote, b'"') => {
                    field.push(byte);
                    State::Quoted
                }
                (_, b'\n' | b'\r') => {
                    if record.is_empty() && state == State::FieldStart {
                        continue; // an empty line
                    }
                    record.push(field);
                    return Some(record);
                }
                _ if byte == self.separator => {
                    record.push(take(&mut field));
                    State::FieldStart
                }
                _ => {
                    field.push(byte);
                    State::Plain
                }
            };
        }
        if record.is_empty() && state == State::FieldStart {
            return None;
        }
        record.push(field);
        Some(record)
    }
}
