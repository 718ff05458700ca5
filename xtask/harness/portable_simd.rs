//! The build script of cases with a rung on what nightly compilers alone have: sets
//! `cfg(portable_simd)` where this compiler builds what such rungs use of `std::simd`, and
//! `cfg(float_algebraic)` where it has additions in any order. A case names this file as its
//! `build`.
//!
//! It compiles probes instead of asking for the version: what is not stable may change its names,
//! and the target's standard library may be missing.

use std::path::Path;
use std::process::{Command, Stdio};

/// What the rungs use of each.
const PROBES: [(&str, &str); 2] = [("portable_simd", SIMD), ("float_algebraic", ALGEBRAIC)];

const SIMD: &str = "
    #![feature(portable_simd)]
    use std::simd::{StdFloat, prelude::*};

    pub fn floats(a: f64x8, b: f64x8) -> f64 {
        (a.mul_add(b, a) + Simd::from_slice(&[1.0; 8])).reduce_sum()
    }

    pub fn bytes(a: u8x32) -> u8x32 {
        let wide: Simd<u16, 32> = a.cast::<u16>() >> Simd::splat(1);
        simd_swizzle!(wide.cast::<u8>(), a, [0; 32])
    }
";

const ALGEBRAIC: &str = "
    #![feature(float_algebraic)]

    pub fn sum(a: f64, b: f64) -> f64 {
        a.algebraic_add(b)
    }
";

fn main() {
    println!("cargo::rerun-if-changed=../../xtask/harness/portable_simd.rs");
    for (name, probe) in PROBES {
        println!("cargo::rustc-check-cfg=cfg({name})");
        if builds(name, probe) {
            println!("cargo::rustc-cfg={name}");
        }
    }
}

fn builds(name: &str, source: &str) -> bool {
    let variable = |name: &str| std::env::var(name).expect("cargo sets it for build scripts");
    let out = variable("OUT_DIR");
    let probe = Path::new(&out).join(name).with_extension("rs");
    std::fs::write(&probe, source).expect("OUT_DIR may be written to");
    let built = Command::new(variable("RUSTC"))
        .args(["--edition=2024", "--crate-type=lib", "--emit=metadata"])
        .args(["--target", &variable("TARGET"), "--out-dir", &out])
        .arg(probe)
        .stderr(Stdio::null())
        .status();
    built.is_ok_and(|status| status.success())
}
