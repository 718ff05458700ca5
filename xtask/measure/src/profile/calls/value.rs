//! Makes one number of a value and all that it leads to, so that two can be compared.

use super::shape::{Id, Shape, Shapes};

/// Bytes of a page.
const PAGE: u64 = 4096;
/// Pages that are read of one call's arguments at most.
const PAGES: usize = 64;
/// Values that are looked at of one call's arguments at most.
const VALUES: usize = 4_000;
/// Bytes up to which a slice is read to its end.
const WHOLE: u64 = 32 << 10;
/// Items up to which a slice of what leads elsewhere is.
const ITEMS: u64 = 256;
/// Places of a longer one that are.
const PLACES: u64 = 64;
/// Values inside each other that are followed.
const DEEPEST: usize = 24;

/// Another process's memory.
pub trait Memory {
    /// Reads as many bytes as there is room for; whether they are there.
    fn read(&self, address: u64, into: &mut [u8]) -> bool;
}

/// Where a value is.
#[derive(Clone, Copy)]
pub enum Place<'a> {
    /// In memory.
    There(u64),
    /// In registers, whose bytes these are.
    Here(&'a [u8]),
}

/// Looks at values.
pub struct Reader<'a> {
    shapes: &'a Shapes,
    memory: &'a dyn Memory,
    /// Pages that were read, the last one that was asked for behind all others.
    pages: Vec<(u64, Vec<u8>)>,
    values: usize,
    hash: u64,
}

type Read<T = ()> = Result<T, &'static str>;

impl<'a> Reader<'a> {
    /// Nothing is looked at yet.
    pub fn new(shapes: &'a Shapes, memory: &'a dyn Memory) -> Self {
        Self { shapes, memory, pages: Vec::new(), values: 0, hash: 0x9e37_79b9_7f4a_7c15 }
    }

    /// What all that was looked at makes.
    pub fn hash(&self) -> u64 {
        self.hash
    }

    /// Looks at a value.
    ///
    /// # Errors
    /// If it cannot be compared, or says that a call does more than answer.
    pub fn look(&mut self, id: Id, place: Place) -> Read {
        self.value(id, place, 0, 0)
    }

    fn value(&mut self, id: Id, place: Place, from: u64, depth: usize) -> Read {
        let shapes = self.shapes;
        self.values += 1;
        if depth > DEEPEST || self.values > VALUES {
            // It stays what it is by its address, however it may change: answers are compared too.
            return match place {
                Place::There(address) => self.number(address),
                Place::Here(_) => Err("it is too long to be compared"),
            };
        }
        match shapes.get(id) {
            Shape::Plain { size, .. } => self.plain(place, from, *size),
            Shape::Reference { to } => {
                let address = self.word(place, from, 8)?;
                // A reference to nothing has any address.
                if shapes.size(*to) == 0 && !matches!(shapes.get(*to), Shape::No { .. }) {
                    return Ok(());
                }
                self.value(*to, Place::There(address), 0, depth + 1)
            }
            Shape::Slice { pointer, length, of, .. } => {
                let pointer = self.word(place, from.wrapping_add(*pointer), 8)?;
                let length = self.word(place, from.wrapping_add(*length), 8)?;
                self.slice(*of, pointer, length, depth)
            }
            Shape::Table { control, mask, of, .. } => {
                let control = self.word(place, from.wrapping_add(*control), 8)?;
                let mask = self.word(place, from.wrapping_add(*mask), 8)?;
                self.table(*of, control, mask, depth)
            }
            Shape::Fields { fields, .. } => fields.iter().try_for_each(|(at, field)| {
                self.value(*field, place, from.wrapping_add(*at), depth + 1)
            }),
            Shape::Array { of, count } if shapes.is_plain(*of) => {
                self.plain(place, from, shapes.size(*of).saturating_mul(*count))
            }
            Shape::Array { of, count } => {
                let size = shapes.size(*of);
                (0..*count)
                    .try_for_each(|item| self.value(*of, place, from + item * size, depth + 1))
            }
            Shape::Choice { chosen_by, arms, .. } => {
                let arm = match chosen_by {
                    None => arms.first(),
                    Some((at, size)) => {
                        let number = self.word(place, from.wrapping_add(*at), *size)?;
                        let is_it = |(low, high): &(u64, u64)| (*low..=*high).contains(&number);
                        let chosen = arms.iter().position(|arm| arm.numbers.iter().any(is_it));
                        let other = || arms.iter().position(|arm| arm.numbers.is_empty());
                        let chosen = chosen.or_else(other).ok_or("it has a value of no type")?;
                        self.number(chosen as u64)?;
                        arms.get(chosen)
                    }
                };
                let fields = arm.map_or(&[][..], |arm| &arm.fields);
                fields.iter().try_for_each(|(at, field)| {
                    self.value(*field, place, from.wrapping_add(*at), depth + 1)
                })
            }
            Shape::No { why, .. } => Err(why),
        }
    }

    /// All of a slice, or some places of a long one, which then is known by its address as well.
    fn slice(&mut self, of: Id, pointer: u64, length: u64, depth: usize) -> Read {
        self.number(length)?;
        let size = self.shapes.size(of);
        if length == 0 || size == 0 {
            return Ok(());
        }
        let bytes = length.checked_mul(size).ok_or("it has a length that cannot be")?;
        let plain = self.shapes.is_plain(of);
        if plain && bytes <= WHOLE {
            return self.plain(Place::There(pointer), 0, bytes);
        }
        let step = if plain || length > ITEMS { (length / PLACES).max(1) } else { 1 };
        if step > 1 {
            self.number(pointer)?;
        }
        for item in (0..length).step_by(step as usize).chain([length - 1]) {
            self.value(of, Place::There(pointer.wrapping_add(item * size)), 0, depth + 1)?;
        }
        Ok(())
    }

    /// The items of a hash table, which lie below its bytes of control, the first one nearest.
    fn table(&mut self, of: Id, control: u64, mask: u64, depth: usize) -> Read {
        let count = mask.checked_add(1).filter(|count| *count <= WHOLE);
        let size = self.shapes.size(of);
        let Some(count) = count else { return self.number(control) };
        let full: Vec<u64> = (0..count)
            .filter_map(|item| match self.byte(control.wrapping_add(item)) {
                Ok(byte) => (byte < 0x80).then_some(Ok(item)),
                Err(why) => Some(Err(why)),
            })
            .collect::<Read<_>>()?;
        self.number(full.len() as u64)?;
        let step = if full.len() as u64 > ITEMS { full.len() / PLACES as usize } else { 1 };
        if step > 1 {
            self.number(control)?;
        }
        for item in full.into_iter().step_by(step) {
            let at = control.wrapping_sub((item + 1).wrapping_mul(size));
            self.value(of, Place::There(at), 0, depth + 1)?;
        }
        Ok(())
    }

    /// Bytes that are the value.
    fn plain(&mut self, place: Place, from: u64, size: u64) -> Read {
        if size > WHOLE {
            return match place {
                Place::There(address) => self.number(address),
                Place::Here(_) => Err("it is too long to be compared"),
            };
        }
        let mut left = size;
        while left > 0 {
            let bytes = left.min(8);
            let word = self.word(place, from.wrapping_add(size - left), bytes)?;
            self.number(word)?;
            left -= bytes;
        }
        Ok(())
    }

    fn number(&mut self, number: u64) -> Read {
        let mixed = (self.hash.rotate_left(23) ^ number).wrapping_mul(0x9fb2_1c65_1e98_df25);
        self.hash = mixed ^ (mixed >> 29);
        Ok(())
    }

    fn byte(&mut self, address: u64) -> Read<u8> {
        self.word(Place::There(address), 0, 1).map(|word| word as u8)
    }

    /// Up to eight bytes.
    fn word(&mut self, place: Place, from: u64, size: u64) -> Read<u64> {
        let size = size.min(8) as usize;
        let mut word = [0; 8];
        match place {
            Place::Here(bytes) => {
                let bytes = bytes.get(from as usize..).and_then(|bytes| bytes.get(..size));
                word[..size].copy_from_slice(bytes.ok_or("a part of it is in no register")?);
            }
            Place::There(address) => {
                let address = address.wrapping_add(from);
                let (page, at) = (address / PAGE, (address % PAGE) as usize);
                if at + size <= PAGE as usize {
                    let bytes = self.page(page)?;
                    word[..size].copy_from_slice(&bytes[at..at + size]);
                } else {
                    let first = PAGE as usize - at;
                    word[..first].copy_from_slice(&self.page(page)?[at..]);
                    word[first..size]
                        .copy_from_slice(&self.page(page.wrapping_add(1))?[..size - first]);
                }
            }
        }
        Ok(u64::from_le_bytes(word))
    }

    fn page(&mut self, page: u64) -> Read<&[u8]> {
        match self.pages.iter().rposition(|(known, _)| *known == page) {
            Some(at) => {
                let last = self.pages.len() - 1;
                self.pages.swap(at, last);
            }
            None if self.pages.len() >= PAGES => {
                return Err("what it is given is spread too far to be compared");
            }
            None => {
                let mut bytes = vec![0; PAGE as usize];
                if !self.memory.read(page.wrapping_mul(PAGE), &mut bytes) {
                    return Err("a pointer leads nowhere");
                }
                self.pages.push((page, bytes));
            }
        }
        Ok(self.pages.last().map_or(&[], |(_, bytes)| bytes))
    }
}
