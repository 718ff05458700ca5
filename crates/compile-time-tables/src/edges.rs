//! Files around the lengths of every step, of zeros, of ones, and with a single bit anywhere.

/// Hand-made files, for the tests and for the gate before the clock.
pub fn edges() -> Vec<Vec<u8>> {
    let lengths = (0..70).chain(120..140).chain(250..270).chain(508..520).chain([1023, 1025, 4099]);
    let mut edges = vec![b"123456789".to_vec()];
    for len in lengths {
        edges.extend([vec![0; len], vec![0xff; len], (0..len).map(|at| at as u8).collect()]);
        if let Some(last) = len.checked_sub(1) {
            for (at, bit) in [(0, 0x80), (last, 1), (len / 2, 0x10)] {
                let mut file = vec![0; len];
                file[at] = bit;
                edges.push(file);
            }
        }
    }
    edges
}
