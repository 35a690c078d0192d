/** The sign of the project, in the lower left corner of a poster. `ink` is the colour of its lines. */
export const sign = (ink: string): string =>
  '<svg class="sign" x="18" y="100%" overflow="visible"><g transform="translate(0 -37)">' +
  `<path d="M3 16.5V10.5A8 8 0 0 1 19 10.5V16.5M1.5 19H20.5" fill="none" stroke="${ink}" stroke-width="1.7" stroke-linecap="round"/>` +
  '<circle cx="8.4" cy="14" r="2.7" fill="#2d68dd"/><rect x="12" y="11.4" width="5.1" height="5.1" rx="1.1" fill="#f4801a"/></g></svg>';
