// The one black button of a panel; Enter presses it.
import { Icon, type IconName } from '../icons.tsx';

interface PrimaryProps {
  readonly label: string;
  readonly icon?: IconName;
  readonly onPress: () => void;
}

export function Primary({ label, icon, onPress }: PrimaryProps) {
  return (
    <div className="lesson-actions">
      <button type="button" className="button primary lesson-primary" data-primary onClick={onPress}>
        {icon && <Icon name={icon} size={14} />}
        {label}
      </button>
      <span className="kbd">Enter</span>
    </div>
  );
}
