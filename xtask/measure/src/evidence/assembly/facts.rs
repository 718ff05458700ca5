//! What a function consists of.

use std::collections::BTreeMap;

use super::decode::{Flow, Line};
use super::image::{Function, Image};

/// Counts over a whole function.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    /// Instructions, padding left out.
    pub instructions: u64,
    /// Those that compute on vectors, by width in bits.
    pub packed: Vec<(u32, u64)>,
    /// Calls of other functions, those that end in a panic left out.
    pub calls: u64,
    /// Calls that end in a panic.
    pub panics: u64,
}

/// Counts a function's lines.
pub fn count(image: &Image, function: &Function, lines: &[Line]) -> Facts {
    let mut facts = Facts::default();
    let mut packed: BTreeMap<u32, u64> = BTreeMap::new();
    for line in lines.iter().filter(|line| !line.is_padding()) {
        facts.instructions += 1;
        if let Some(width) = line.packed {
            *packed.entry(width).or_default() += 1;
        }
        if leaves(function, line.flow) {
            match target(image, line.flow) {
                Some(name) if panics(&name) => facts.panics += 1,
                _ => facts.calls += 1,
            }
        }
    }
    facts.packed = packed.into_iter().collect();
    facts
}

/// Whether an instruction hands over to another function, be it for good.
pub fn leaves(function: &Function, flow: Flow) -> bool {
    match flow {
        Flow::On => false,
        Flow::Jump(to) => !(function.address..function.address + function.size).contains(&to),
        Flow::JumpThrough(_) | Flow::Call(_) | Flow::CallThrough(_) | Flow::CallUnknown => true,
    }
}

/// Name of the function that an instruction goes to, where that is known.
pub fn target(image: &Image, flow: Flow) -> Option<String> {
    match flow {
        Flow::Call(to) | Flow::Jump(to) => Some(image.function_at(to)?.demangled()),
        Flow::CallThrough(slot) | Flow::JumpThrough(slot) => image.slot(slot).map(str::to_owned),
        Flow::On | Flow::CallUnknown => None,
    }
}

/// Whether a call of this function never comes back, other than by unwinding.
pub fn panics(name: &str) -> bool {
    const LAST: [&str; 8] = [
        "unwrap_failed",
        "expect_failed",
        "assert_failed",
        "handle_error",
        "capacity_overflow",
        "handle_alloc_error",
        "_Unwind_Resume",
        "panic_already_borrowed",
    ];
    let last = name.rsplit("::").next().unwrap_or(name);
    name.starts_with("core::panicking::")
        || name.starts_with("std::panicking::")
        || last.ends_with("_fail")
        || LAST.contains(&last)
}

#[cfg(test)]
mod tests {
    use super::super::{decode, image};
    use super::*;

    #[test]
    fn calls_that_panic_are_counted_apart() {
        let code = [
            0xe8, 0xfb, 0x0f, 0x00, 0x00, // call 0x2000, which panics
            0xe8, 0xf6, 0x1f, 0x00, 0x00, // call 0x3000, which does not
            0xff, 0x15, 0xf0, 0x7f, 0x00, 0x00, // call through 0x9000
            0xff, 0xd0, // call rax
            0x75, 0xec, // jne to the start
            0x0f, 0x58, 0xc1, // addps xmm0, xmm1
            0x90, // nop
            0xe9, 0xe3, 0x0f, 0x00, 0x00, // jmp 0x2000
        ];
        let panic = "_ZN4core9panicking5panic17h0123456789abcdefE";
        let image = image::tests::image(&[
            ("run", 0x1000, &code),
            (panic, 0x2000, &[0xc3]),
            ("other", 0x3000, &[0xc3]),
        ]);
        let function = image.function_at(0x1000).unwrap();
        let lines = decode::decode(image.architecture, 0x1000, image.code(function));
        let facts = count(&image, function, &lines);
        assert_eq!(facts, Facts { instructions: 7, packed: vec![(128, 1)], calls: 3, panics: 2 });
        assert_eq!(target(&image, Flow::CallThrough(0x9000)).as_deref(), Some("memcpy"));
    }

    #[test]
    fn panics_are_known_by_name() {
        for name in [
            "core::panicking::panic_bounds_check",
            "core::panicking::panic_const::panic_const_add_overflow",
            "core::option::unwrap_failed",
            "core::slice::index::slice_index_fail",
            "core::str::slice_error_fail",
            "alloc::raw_vec::handle_error",
            "alloc::raw_vec::capacity_overflow",
            "_Unwind_Resume",
        ] {
            assert!(panics(name), "{name}");
        }
        for name in ["alloc::raw_vec::finish_grow", "memcpy", "case::failures::report"] {
            assert!(!panics(name), "{name}");
        }
    }
}
