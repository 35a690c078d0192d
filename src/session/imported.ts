/** What a world that began elsewhere is called where scenarios have their names. */
export const IMPORTED = 'imported';
