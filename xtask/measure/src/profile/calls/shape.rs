//! What values look like in memory, as far as it takes to tell whether two of them are the same: no
//! padding is read, and what a pointer leads to stands for the pointer.

/// A shape among all that are known.
pub type Id = usize;

/// How a value lies in memory.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// Bytes that are the value.
    Plain { size: u64, float: bool },
    /// A pointer to one value.
    Reference { to: Id },
    /// A pointer, and how many values it leads to: a slice, a text, a vector.
    Slice { size: u64, pointer: u64, length: u64, of: Id },
    /// A hash table: its bytes of control, and how many of them there are, less one.
    Table { size: u64, control: u64, mask: u64, of: Id },
    /// Parts, each at its distance.
    Fields { size: u64, fields: Vec<(u64, Id)> },
    /// So many of the same.
    Array { of: Id, count: u64 },
    /// One of several, chosen by a number at a distance; without one, there is only one.
    Choice { size: u64, chosen_by: Option<(u64, u64)>, arms: Vec<Arm> },
    /// What cannot be compared, or says that a call does more than answer.
    No { size: u64, why: &'static str },
}

/// One of several.
#[derive(Debug, Clone, PartialEq)]
pub struct Arm {
    /// The numbers that choose it, from one to another; without any it is for all that choose none.
    pub numbers: Vec<(u64, u64)>,
    /// Its parts.
    pub fields: Vec<(u64, Id)>,
}

/// All shapes that were asked for.
#[derive(Debug, Default)]
pub struct Shapes(Vec<Shape>);

/// Shapes inside each other beyond which one is not looked into.
const DEEPEST: usize = 32;

impl Shapes {
    /// A place for one that is not known yet: it may have itself inside.
    pub fn place(&mut self) -> Id {
        self.add(Shape::No { size: 0, why: "its type is not known" })
    }

    /// Adds one.
    pub fn add(&mut self, shape: Shape) -> Id {
        self.0.push(shape);
        self.0.len() - 1
    }

    /// Fills a place.
    pub fn fill(&mut self, id: Id, shape: Shape) {
        self.0[id] = shape;
    }

    /// The shape.
    pub fn get(&self, id: Id) -> &Shape {
        &self.0[id]
    }

    /// Bytes of a value, without what pointers lead to.
    pub fn size(&self, id: Id) -> u64 {
        self.size_within(id, 0)
    }

    fn size_within(&self, id: Id, depth: usize) -> u64 {
        match self.get(id) {
            Shape::Plain { size, .. }
            | Shape::Fields { size, .. }
            | Shape::Choice { size, .. }
            | Shape::Slice { size, .. }
            | Shape::Table { size, .. }
            | Shape::No { size, .. } => *size,
            Shape::Reference { .. } => 8,
            Shape::Array { .. } if depth > DEEPEST => 0,
            Shape::Array { of, count } => self.size_within(*of, depth + 1).saturating_mul(*count),
        }
    }

    /// Whether all bytes of a value are the value, so that many can be compared at once.
    pub fn is_plain(&self, id: Id) -> bool {
        self.plain_within(id, 0)
    }

    fn plain_within(&self, id: Id, depth: usize) -> bool {
        match self.get(id) {
            Shape::Plain { .. } => true,
            _ if depth > DEEPEST => false,
            Shape::Array { of, .. } => self.plain_within(*of, depth + 1),
            Shape::Fields { size, fields } => {
                let sizes = fields.iter().map(|(_, id)| self.size(*id));
                let covered = sizes.fold(0, u64::saturating_add);
                covered == *size && fields.iter().all(|(_, id)| self.plain_within(*id, depth + 1))
            }
            _ => false,
        }
    }

    /// The numbers of which a value consists, by distance and size, floats marked; none if it has
    /// something else.
    pub fn numbers(&self, id: Id) -> Option<Vec<(u64, u64, bool)>> {
        let mut numbers = Vec::new();
        self.numbers_at(id, 0, 0, &mut numbers)?;
        numbers.sort_unstable();
        numbers.dedup();
        Some(numbers)
    }

    fn numbers_at(
        &self,
        id: Id,
        at: u64,
        depth: usize,
        numbers: &mut Vec<(u64, u64, bool)>,
    ) -> Option<()> {
        if depth > DEEPEST {
            return None;
        }
        match self.get(id) {
            Shape::Plain { size: 0, .. } => {}
            Shape::Plain { size, float } => numbers.push((at, *size, *float)),
            Shape::Reference { .. } => numbers.push((at, 8, false)),
            Shape::Slice { size: 16, pointer, length, .. } => {
                numbers.extend([pointer, length].map(|part| (at.wrapping_add(*part), 8, false)));
            }
            Shape::Fields { fields, .. } => {
                for (distance, field) in fields {
                    self.numbers_at(*field, at.wrapping_add(*distance), depth + 1, numbers)?;
                }
            }
            Shape::Array { of, count } if *count <= 16 => {
                let size = self.size(*of);
                for item in 0..*count {
                    self.numbers_at(
                        *of,
                        at.wrapping_add(item.wrapping_mul(size)),
                        depth + 1,
                        numbers,
                    )?;
                }
            }
            Shape::Choice { chosen_by, arms, .. } => {
                numbers.extend(
                    chosen_by.map(|(distance, size)| (at.wrapping_add(distance), size, false)),
                );
                for (distance, field) in arms.iter().flat_map(|arm| &arm.fields) {
                    self.numbers_at(*field, at.wrapping_add(*distance), depth + 1, numbers)?;
                }
            }
            _ => return None,
        }
        Some(())
    }
}
