//! pprof: a protocol buffer, of which six messages matter.

use std::collections::HashMap;

use anyhow::{Context, Result, bail};
use prost::Message;
use protocol::Stack;

use crate::names::readable;
use crate::{Kind, Profile};

/// Frames beyond which a stack is no stack: locations may be named again and again.
const DEEPEST: usize = 4096;

#[derive(Message)]
struct Whole {
    #[prost(message, repeated, tag = "1")]
    types: Vec<ValueType>,
    #[prost(message, repeated, tag = "2")]
    samples: Vec<Sample>,
    #[prost(message, repeated, tag = "4")]
    locations: Vec<Location>,
    #[prost(message, repeated, tag = "5")]
    functions: Vec<Function>,
    #[prost(string, repeated, tag = "6")]
    strings: Vec<String>,
    #[prost(int64, tag = "14")]
    default_type: i64,
}

#[derive(Message)]
struct ValueType {
    #[prost(int64, tag = "1")]
    name: i64,
    #[prost(int64, tag = "2")]
    unit: i64,
}

#[derive(Message)]
struct Sample {
    #[prost(uint64, repeated, tag = "1")]
    locations: Vec<u64>,
    #[prost(int64, repeated, tag = "2")]
    values: Vec<i64>,
}

#[derive(Message)]
struct Location {
    #[prost(uint64, tag = "1")]
    id: u64,
    #[prost(uint64, tag = "3")]
    address: u64,
    #[prost(message, repeated, tag = "4")]
    lines: Vec<Line>,
}

#[derive(Message)]
struct Line {
    #[prost(uint64, tag = "1")]
    function: u64,
}

#[derive(Message)]
struct Function {
    #[prost(uint64, tag = "1")]
    id: u64,
    #[prost(int64, tag = "2")]
    name: i64,
    #[prost(int64, tag = "3")]
    system_name: i64,
}

/// Which of a sample's values counts.
struct Columns {
    kind: Kind,
    count: usize,
    bytes: Option<usize>,
    name: String,
}

pub(super) fn read(bytes: &[u8]) -> Result<Profile> {
    let whole = Whole::decode(bytes).context("the bytes are no pprof profile")?;
    if whole.samples.is_empty() || whole.strings.is_empty() {
        bail!("a pprof profile without samples; did the program run long enough?");
    }
    let columns = columns(&whole)?;
    let locations = locations(&whole);
    let value = |sample: &Sample, at: usize| {
        u64::try_from(sample.values.get(at).copied().unwrap_or(0)).unwrap_or(0)
    };
    let stack = |sample: &Sample| {
        let innermost_last = sample.locations.iter().take(DEEPEST).rev();
        let known = innermost_last.filter_map(|id| locations.get(id)).flatten();
        let frames: Vec<String> = known.take(DEEPEST).cloned().collect();
        let function = frames.last().cloned().unwrap_or_default();
        Stack { frames, function, samples: value(sample, columns.count) }
    };
    let stacks = whole.samples.iter().map(stack).collect();
    let bytes = columns.bytes.map(|at| whole.samples.iter().map(|s| value(s, at)).collect());
    let how = format!("pprof, its values «{}»", columns.name);
    Ok(Profile {
        kind: columns.kind,
        bytes: bytes.unwrap_or_default(),
        ..Profile::samples(how, stacks)
    })
}

fn text(whole: &Whole, at: i64) -> &str {
    usize::try_from(at).ok().and_then(|at| whole.strings.get(at)).map_or("", String::as_str)
}

/// Allocated blocks where they were counted, else samples, else what the file itself prefers.
fn columns(whole: &Whole) -> Result<Columns> {
    let names: Vec<&str> = whole.types.iter().map(|of| text(whole, of.name)).collect();
    let place = |wanted: &[&str]| names.iter().position(|name| wanted.contains(name));
    let named = |at: usize| names[at].chars().take(40).filter(|c| !c.is_control()).collect();
    if let Some(count) = place(&["alloc_objects", "allocations"]) {
        let bytes = place(&["alloc_space", "bytes"]);
        return Ok(Columns { kind: Kind::Allocations, count, bytes, name: named(count) });
    }
    if place(&["inuse_objects", "inuse_space"]).is_some() {
        bail!(
            "a pprof profile of the memory that was in use; what was allocated in total is \
             needed (`alloc_objects`), or a profile of time"
        );
    }
    let preferred = names.iter().position(|name| *name == text(whole, whole.default_type));
    let count = place(&["samples", "sample"]).or(preferred.filter(|_| whole.default_type > 0));
    let count = count.or(place(&["cpu", "wall"])).unwrap_or(0);
    if names.is_empty() {
        bail!("a pprof profile that does not say what its values are (no `sample_type`)");
    }
    Ok(Columns { kind: Kind::Samples, count, bytes: None, name: named(count) })
}

/// Names at each location, the outermost first where some are inlined.
fn locations(whole: &Whole) -> HashMap<u64, Vec<String>> {
    let name = |function: &Function| {
        let [name, system] = [function.name, function.system_name].map(|at| text(whole, at));
        readable(if name.is_empty() { system } else { name })
    };
    let functions: HashMap<u64, String> =
        whole.functions.iter().map(|function| (function.id, name(function))).collect();
    let names = |location: &Location| {
        let known = location.lines.iter().rev().filter_map(|line| functions.get(&line.function));
        let names: Vec<String> = known.take(DEEPEST).cloned().collect();
        if names.is_empty() { vec![format!("0x{:x}", location.address)] } else { names }
    };
    whole.locations.iter().map(|location| (location.id, names(location))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two functions, of which one is inlined into the other, called by `main`.
    fn whole(types: &[&str], values: &[i64]) -> Vec<u8> {
        let mut strings: Vec<String> =
            ["", "main", "app::outer", "core::inner"].map(str::to_owned).into();
        let function = |id| Function { id, name: id as i64, system_name: 0 };
        let line = |function| Line { function };
        let types = types.iter().map(|name| {
            strings.push((*name).to_owned());
            ValueType { name: strings.len() as i64 - 1, unit: 0 }
        });
        let types = types.collect();
        let whole = Whole {
            types,
            samples: vec![Sample { locations: vec![2, 1, 9], values: values.to_vec() }],
            locations: vec![
                Location { id: 1, address: 16, lines: vec![line(1)] },
                Location { id: 2, address: 17, lines: vec![line(3), line(2)] },
            ],
            functions: [1, 2, 3].map(function).into(),
            strings,
            default_type: 0,
        };
        whole.encode_to_vec()
    }

    #[test]
    fn samples_count_and_inlined_functions_are_innermost() {
        let read = read(&whole(&["samples", "cpu"], &[3, 30_000_000])).unwrap();
        assert_eq!(read.stacks[0].frames, ["main", "app::outer", "core::inner"]);
        assert_eq!((read.total(), read.kind), (3, Kind::Samples));
        assert!(read.how.contains("«samples»"), "{}", read.how);
    }

    #[test]
    fn what_was_allocated_is_counted_in_blocks() {
        let read = read(&whole(&["alloc_objects", "alloc_space"], &[3, 48])).unwrap();
        assert_eq!((read.total(), read.kind, read.bytes), (3, Kind::Allocations, vec![48]));
    }

    #[test]
    fn what_says_nothing_of_time_or_allocation_is_refused() {
        let refused = |bytes: &[u8]| format!("{:#}", read(bytes).unwrap_err());
        assert!(refused(&whole(&["inuse_space"], &[3])).contains("alloc_objects"));
        assert!(refused(&whole(&[], &[3])).contains("sample_type"));
        assert!(refused(&[]).contains("without samples"));
        assert!(refused(&[0xff, 0xff]).contains("no pprof"));
    }
}
