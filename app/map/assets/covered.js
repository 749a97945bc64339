/* How much of the map a panel of the phone covers. */

import { phone, theMap } from "../../assets/core.js";

/** Pixels from the bottom of the map; on a desk no panel lies over it. */
export function coveredByPanel() {
  const panel = document.getElementById(document.getElementById("shell")?.dataset.panel || "");
  if (!phone() || !panel) return 0;
  const map = theMap().getContainer().getBoundingClientRect();
  const { left, top } = panel.getBoundingClientRect();
  // on a phone that lies the panel stands beside the map
  return left >= map.right - 1 ? 0 : Math.max(0, Math.min(map.bottom - top, map.height * 0.6));
}
