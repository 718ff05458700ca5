//! What the system says of itself. It may be wrong in a virtual machine, so it only labels what is
//! measured.

use std::fs;

/// The processor's name, or its architecture where the system does not tell.
pub(crate) fn processor() -> String {
    let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = info.lines().find_map(|line| line.strip_prefix("model name")?.split_once(':'));
    name.map_or_else(|| std::env::consts::ARCH.to_owned(), |(_, name)| name.trim().to_owned())
}

/// Vector extensions that the cases choose between.
pub(crate) fn features() -> Vec<String> {
    #[cfg(target_arch = "x86_64")]
    let known = [
        ("ssse3", is_x86_feature_detected!("ssse3")),
        ("sse4.2", is_x86_feature_detected!("sse4.2")),
        ("popcnt", is_x86_feature_detected!("popcnt")),
        ("avx2", is_x86_feature_detected!("avx2")),
        ("fma", is_x86_feature_detected!("fma")),
        ("bmi2", is_x86_feature_detected!("bmi2")),
        ("avx512f", is_x86_feature_detected!("avx512f")),
        ("avx512bw", is_x86_feature_detected!("avx512bw")),
        ("avx512vbmi2", is_x86_feature_detected!("avx512vbmi2")),
    ];
    #[cfg(target_arch = "aarch64")]
    let known = [
        ("neon", std::arch::is_aarch64_feature_detected!("neon")),
        ("sve", std::arch::is_aarch64_feature_detected!("sve")),
    ];
    #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
    let known: [(&str, bool); 0] = [];
    known.into_iter().filter(|(_, present)| *present).map(|(name, _)| name.to_owned()).collect()
}

/// Advertised sizes of the data and unified caches of core 0, level 1 first.
pub(crate) fn caches() -> Vec<u64> {
    (0..8)
        .filter_map(|index| {
            let read = |what: &str| {
                fs::read_to_string(format!(
                    "/sys/devices/system/cpu/cpu0/cache/index{index}/{what}"
                ))
                .ok()
            };
            if read("type")?.trim() == "Instruction" {
                return None;
            }
            let size = read("size")?;
            Some(size.trim().strip_suffix('K')?.parse::<u64>().ok()? * 1024)
        })
        .collect()
}
